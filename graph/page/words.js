// Every word on the screen that does not come from the data, in English and Spanish. "one|many" is chosen by {n}.
export const LANGUAGES = ["en", "es"];

const WORDS = {
  en: {
    skipSearch: "Go to search", skips: "Shortcuts", skipTable: "Go to the table", skipDrawing: "Go to the drawing", skipPanel: "Go to who says what",
    views: "Views", drawing: "Drawing", table: "Table", undo: "Undo", redo: "Redo",
    toDarkName: "Switch to dark", toLightName: "Switch to light",
    language: "Language", en: "English", es: "Spanish",
    documents: "{n} document|{n} documents", statementsBy: "{n} statement by {m}|{n} statements by {m}",
    denied: "{n} denied", nothingChecked: "nothing checked by us", checkedByUs: "{n} confirmed by us", versionOf: "version of {date}",
    search: "Find an actor, an event, a sum", searchName: "Search by name or other name", searchNone: "Nothing here is called that.", searchHits: "{n} found",
    filters: "Filters", filtersOpen: "Filters", filtersActive: "Filters · {n}", close: "Close", all: "all", none: "none",
    allOf: "{name}: tick all", noneOf: "{name}: tick none", resetFilters: "Remove all filters", show: "Show", showMore: "Show {n} more", showFewer: "Show fewer",
    hiddenStatements: "{n} statement hidden by your filters|{n} statements hidden by your filters",
    speaker: "Who says so", position: "Position", modality: "Done or planned?", kind: "Kind", via: "Passed on by", document: "Document",
    notStated: "not stated", direct: "not passed on", allThrough: "Every statement here passes through {name}; it cannot be unticked.",
    alsoDraw: "Also draw", drawSpeaks: "who speaks about whom", drawDenied: "denied, said by nobody", drawOpen: "open questions", drawRejected: "held false by us", drawMentioned: "only mentioned",
    asserted: "says", alleged: "alleges", presumed: "supposes", unstated: "is reported, by whom is not said", denies: "denies", contests: "disputes", asked: "open question", declined: "gave no answer", mentioned: "mentions",
    assertedMany: "say", allegedMany: "allege", presumedMany: "suppose", deniesMany: "deny", contestsMany: "dispute", declinedMany: "gave no answer", mentionedMany: "mention",
    actual: "done, or so", planned: "planned", possible: "possible", required: "required", hypothetical: "on a condition",
    showing: "{n} of {m} are drawn: what needs judgement.", showAll: "Show all {m}", showingAll: "All {m} are drawn.", backToOpening: "Back to the opening",
    showingFiltered: "{n} of {m} are drawn under your filters.", nothingLeft: "Your filters leave nothing to draw.",
    zoomIn: "Zoom in", zoomOut: "Zoom out", fit: "Fit to the screen",
    howToRead: "How to read this", legend: "Legend",
    lineSaid: "somebody says so", lineSoft: "only alleged, supposed or reported", lineNotyet: "planned, possible, required, on a condition", lineDisputed: "disputed: both are named", lineAccepted: "confirmed by us, with the date", lineSpeaks: "speaks about",
    shortSaid: "somebody says so", shortSoft: "alleged or reported", shortNotyet: "planned or possible", shortDisputed: "disputed", shortAccepted: "confirmed by us", shortSpeaks: "speaks about",
    lineRule: "A line is a statement by somebody, not a finding.",
    startHere: "Start here", startLead: "What needs judgement first.", startDisputed: "Affirmed and denied", startUnanswered: "Alleged, without an answer", startFigures: "Figures with one source", startOpen: "Open questions", startMost: "Where most statements meet",
    startEmpty: "Nothing here is denied, alleged or open. Choose a line or a name in the drawing.",
    panel: "Who says what", relationship: "relationship", actorOf: "{kind}", back: "Start here",
    statements: "{n} statement|{n} statements", statementsOwn: "{n} statement of its own|{n} statements of its own", relationships: "{n} relationship|{n} relationships", origins: "{n} independent source|{n} independent sources", noOrigin: "no independent source", saidOn: "said {date}", publishedOn: "published {date}",
    saysSo: "Says so", opposes: "Denies or disputes", neither: "Neither says so nor denies it",
    standSaid: "said, not checked by us", standSoft: "? only alleged, supposed or reported; not checked by us", standNotyet: "not yet so: {word}; not checked by us", standDisputed: "× {who}", standAccepted: "✓ confirmed by us on {date}", standDenied: "denied; nobody here says so", standOpen: "open question; not checked by us", standRejected: "held false by us", standMentioned: "only mentioned; nobody here says so",
    standSensitive: "could harm a reputation: it counts as alleged only",
    deniesIt: "{name} denies it", contestsIt: "{name} disputes it", deniesItMany: "{name} deny it", contestsItMany: "{name} dispute it", deniedInPart: "denied in part", saidOfNarrower: "said of:", notStatedDenies: "it is denied, by whom is not said", notStatedContests: "it is disputed, by whom is not said",
    denialHidden: "{n} denial hidden by your filter|{n} denials hidden by your filter", affirmHidden: "{n} statement that says so hidden by your filter|{n} statements that say so hidden by your filter", otherHidden: "{n} statement hidden by your filter|{n} statements hidden by your filter", showIt: "Show it",
    noAnswer: "No answer in this document.|No answer in these {n} documents.", declinedNote: "Was asked, gave no answer: {name}",
    forWhom: "for {name}", reported: "It is reported", byWhom: "by whom is not said", chain: "How it reached us", qualified: "qualified as “{words}”", reportedly: "reportedly", implied: "only implied", withdrawn: "withdrawn", corrected: "corrected: {words}", answers: "answers {name}", answersIt: "answers it", confirmsIt: "confirms {name}", alternative: "one of two readings", placeIn: "{doc}, {place}", characters: "characters {a}–{b}", showWords: "Show the words", hideWords: "Hide the words",
    basis: "Basis: {basis}. Record: {record}. Decided by {by}, {date}.", rivals: "Said elsewhere, and it does not fit", narrows: "A narrower form of", about: "Statements about this statement", aboutOf: "This is about",
    copy: "Copy with footnotes", copied: "Copied.", copyFailed: "The browser did not allow copying.", openDocument: "Open the document", opens: "Opens {url}",
    saidOfIt: "What is said of it", figuresOfIt: "Figures, dates and words", saysIt: "What it says", answersBy: "Who answers", nobodyAnswers: "Nobody answers what is said of it.", saysNothing: "It says nothing in this case.", saidNothing: "Nothing is said of it in this case.", alsoCalled: "also called {names}", drawAround: "Draw its {n} relationship|Draw its {n} relationships", speaksAbout: "{a} speaks about {b}", speaksAboutMany: "{a} speak about {b}", speaksLead: "What these statements say is theirs alone.",
    tableName: "Statements", tableCount: "{n} of {m} statements", colPlace: "Place", colWho: "Who", colStatement: "Statement", colPosition: "Position", colModality: "Done or planned?", colAnswer: "Answer", colChain: "How it reached us", colDocument: "Document", sortBy: "Sort by {name}", noRows: "Your filters leave no statement.", notAnswered: "no answer", answersOther: "is an answer",
    drawingName: "Drawing of {n} actors, events and places and the statements that join them", drawingHelp: "Arrow keys move to the nearest name or line, Page Down and Page Up go through all, Enter opens, plus and minus zoom, 0 fits, Escape closes.",
    readNode: "{name}, {kind}. {relationships}, {statements}.", readEdge: "{title}. {standing}.", readSpeaks: "{title}. {statements}.", readNothing: "Nothing further that way.", opened: "Opened: {title}", closed: "Closed", undone: "Undone", redone: "Done again", filtered: "{n} statement shown|{n} statements shown",
    sources: "Sources", sourceLine: "{label}. “{title}”", sourceBy: "{label}. “{title}”, by {author}", corrections: "Corrections to {to}", licence: "Licence: {licence}", editor: "Edited by {editor}", printed: "Version of {date}. {filters}", noFilters: "No filter in force.", someFilters: "Filters in force hide {n} statement.|Filters in force hide {n} statements.", filtersAre: "Filters: {list}.", without: "without {name}",
    readLines: "The lines", readShapes: "The shapes", readIdea: "Each line is what somebody says. Choose one to see who says so, who denies it, and how it reached us.", readSpeaks2: "A hairline that ends in a ring leads from whoever speaks to what they speak about.", readNotDrawn: "What is denied and said by nobody, open questions, and what we hold false are drawn only when you ask for them.", readHide: "A filter hides statements, never the answer to one that still shows.", readKeys: "Keys",
    legendShow: "Show the legend", legendHide: "Hide the legend", sheetMore: "Show more", sheetLess: "Show less",
  },
  es: {
    skipSearch: "Ir a la búsqueda", skips: "Atajos", skipTable: "Ir a la tabla", skipDrawing: "Ir al dibujo", skipPanel: "Ir a quién dice qué",
    views: "Vistas", drawing: "Dibujo", table: "Tabla", undo: "Deshacer", redo: "Rehacer",
    toDarkName: "Pasar a oscuro", toLightName: "Pasar a claro",
    language: "Idioma", en: "inglés", es: "español",
    documents: "{n} documento|{n} documentos", statementsBy: "{n} declaración de {m}|{n} declaraciones de {m}",
    denied: "{n} negadas", nothingChecked: "nada verificado por nosotros", checkedByUs: "{n} confirmadas por la redacción", versionOf: "versión del {date}",
    search: "Buscar un actor, un hecho, una suma", searchName: "Buscar por nombre u otro nombre", searchNone: "Nada aquí se llama así.", searchHits: "{n} resultados",
    filters: "Filtros", filtersOpen: "Filtros", filtersActive: "Filtros · {n}", close: "Cerrar", all: "todo", none: "nada",
    allOf: "{name}: marcar todo", noneOf: "{name}: no marcar nada", resetFilters: "Quitar todos los filtros", show: "Mostrar", showMore: "Mostrar {n} más", showFewer: "Mostrar menos",
    hiddenStatements: "{n} declaración oculta por sus filtros|{n} declaraciones ocultas por sus filtros",
    speaker: "Quién lo dice", position: "Postura", modality: "¿Hecho o previsto?", kind: "Tipo", via: "Transmitido por", document: "Documento",
    notStated: "no se dice", direct: "no transmitido", allThrough: "Toda declaración aquí pasa por {name}; no se puede desmarcar.",
    alsoDraw: "Dibujar también", drawSpeaks: "quién habla de quién", drawDenied: "negado, nadie lo afirma", drawOpen: "preguntas abiertas", drawRejected: "descartado por la redacción", drawMentioned: "solo mencionado",
    asserted: "afirma", alleged: "acusa", presumed: "supone", unstated: "se informa, sin decir quién", denies: "niega", contests: "cuestiona", asked: "pregunta abierta", declined: "no respondió", mentioned: "menciona",
    assertedMany: "afirman", allegedMany: "acusan", presumedMany: "suponen", deniesMany: "niegan", contestsMany: "cuestionan", declinedMany: "no respondieron", mentionedMany: "mencionan",
    actual: "hecho, o así es", planned: "previsto", possible: "posible", required: "exigido", hypothetical: "bajo condición",
    showing: "Se dibujan {n} de {m}: lo que pide criterio.", showAll: "Mostrar los {m}", showingAll: "Se dibujan los {m}.", backToOpening: "Volver al comienzo",
    showingFiltered: "Se dibujan {n} de {m} con sus filtros.", nothingLeft: "Sus filtros no dejan nada que dibujar.",
    zoomIn: "Acercar", zoomOut: "Alejar", fit: "Ajustar a la pantalla",
    howToRead: "Cómo leer esto", legend: "Leyenda",
    lineSaid: "alguien lo afirma", lineSoft: "solo acusado, supuesto o informado", lineNotyet: "previsto, posible, exigido, bajo condición", lineDisputed: "en disputa: se nombra a ambos", lineAccepted: "confirmado por la redacción, con fecha", lineSpeaks: "habla de",
    shortSaid: "alguien lo afirma", shortSoft: "acusado o informado", shortNotyet: "previsto o posible", shortDisputed: "en disputa", shortAccepted: "confirmado", shortSpeaks: "habla de",
    lineRule: "Una línea es una declaración de alguien, no una conclusión.",
    startHere: "Por dónde empezar", startLead: "Lo que primero pide criterio.", startDisputed: "Afirmado y negado", startUnanswered: "Acusado, sin respuesta", startFigures: "Cifras con una sola fuente", startOpen: "Preguntas abiertas", startMost: "Donde más declaraciones coinciden",
    startEmpty: "Nada aquí está negado, acusado o abierto. Elija una línea o un nombre en el dibujo.",
    panel: "Quién dice qué", relationship: "relación", actorOf: "{kind}", back: "Por dónde empezar",
    statements: "{n} declaración|{n} declaraciones", statementsOwn: "{n} declaración propia|{n} declaraciones propias", relationships: "{n} relación|{n} relaciones", origins: "{n} fuente independiente|{n} fuentes independientes", noOrigin: "sin fuente independiente", saidOn: "dicho: {date}", publishedOn: "publicado: {date}",
    saysSo: "Lo afirma", opposes: "Lo niega o cuestiona", neither: "Ni lo afirma ni lo niega",
    standSaid: "afirmado, sin verificar", standSoft: "? solo acusado, supuesto o informado; sin verificar", standNotyet: "aún no: {word}; sin verificar", standDisputed: "× {who}", standAccepted: "✓ confirmado por la redacción el {date}", standDenied: "negado; nadie aquí lo afirma", standOpen: "pregunta abierta; sin verificar", standRejected: "descartado por la redacción", standMentioned: "solo mencionado; nadie aquí lo afirma",
    standSensitive: "puede dañar una reputación: cuenta solo como acusación",
    deniesIt: "{name} lo niega", contestsIt: "{name} lo cuestiona", deniesItMany: "{name} lo niegan", contestsItMany: "{name} lo cuestionan", deniedInPart: "negado en parte", saidOfNarrower: "dicho de:", notStatedDenies: "se niega, sin decir quién", notStatedContests: "se cuestiona, sin decir quién",
    denialHidden: "{n} negación oculta por su filtro|{n} negaciones ocultas por su filtro", affirmHidden: "{n} declaración que lo afirma oculta por su filtro|{n} declaraciones que lo afirman ocultas por su filtro", otherHidden: "{n} declaración oculta por su filtro|{n} declaraciones ocultas por su filtro", showIt: "Mostrar",
    noAnswer: "Sin respuesta en este documento.|Sin respuesta en estos {n} documentos.", declinedNote: "Se le preguntó y no respondió: {name}",
    forWhom: "en nombre de {name}", reported: "Se informa", byWhom: "sin decir quién", chain: "Cómo nos llegó", qualified: "con la reserva de «{words}»", reportedly: "según se informa", implied: "solo implícito", withdrawn: "retirada", corrected: "corregida: {words}", answers: "responde a {name}", answersIt: "responde", confirmsIt: "confirma a {name}", alternative: "una de dos lecturas", placeIn: "{doc}, {place}", characters: "caracteres {a}–{b}", showWords: "Mostrar las palabras", hideWords: "Ocultar las palabras",
    basis: "Base: {basis}. Registro: {record}. Decidido por {by}, {date}.", rivals: "Se dice otra cosa, y no encaja", narrows: "Forma más estrecha de", about: "Declaraciones sobre esta declaración", aboutOf: "Trata de",
    copy: "Copiar con notas", copied: "Copiado.", copyFailed: "El navegador no permitió copiar.", openDocument: "Abrir el documento", opens: "Abre {url}",
    saidOfIt: "Qué se dice de ello", figuresOfIt: "Cifras, fechas y palabras", saysIt: "Qué dice", answersBy: "Quién responde", nobodyAnswers: "Nadie responde a lo que se dice de ello.", saysNothing: "No dice nada en este caso.", saidNothing: "Nada se dice de ello en este caso.", alsoCalled: "también: {names}", drawAround: "Dibujar su {n} relación|Dibujar sus {n} relaciones", speaksAbout: "{a} habla de {b}", speaksAboutMany: "{a} hablan de {b}", speaksLead: "Lo que dicen estas declaraciones es solo suyo.",
    tableName: "Declaraciones", tableCount: "{n} de {m} declaraciones", colPlace: "Lugar", colWho: "Quién", colStatement: "Declaración", colPosition: "Postura", colModality: "¿Hecho o previsto?", colAnswer: "Respuesta", colChain: "Cómo nos llegó", colDocument: "Documento", sortBy: "Ordenar por {name}", noRows: "Sus filtros no dejan ninguna declaración.", notAnswered: "sin respuesta", answersOther: "es una respuesta",
    drawingName: "Dibujo de {n} actores, hechos y lugares y de las declaraciones que los unen", drawingHelp: "Las flechas llevan al nombre o a la línea más cercana; Av Pág y Re Pág recorren todo; Intro abre; más y menos acercan y alejan; 0 ajusta; Escape cierra.",
    readNode: "{name}, {kind}. {relationships}, {statements}.", readEdge: "{title}. {standing}.", readSpeaks: "{title}. {statements}.", readNothing: "No hay nada más por ahí.", opened: "Abierto: {title}", closed: "Cerrado", undone: "Deshecho", redone: "Rehecho", filtered: "{n} declaración a la vista|{n} declaraciones a la vista",
    sources: "Fuentes", sourceLine: "{label}. «{title}»", sourceBy: "{label}. «{title}», por {author}", corrections: "Correcciones a {to}", licence: "Licencia: {licence}", editor: "Edición: {editor}", printed: "Versión del {date}. {filters}", noFilters: "Ningún filtro activo.", someFilters: "Los filtros activos ocultan {n} declaración.|Los filtros activos ocultan {n} declaraciones.", filtersAre: "Filtros: {list}.", without: "sin {name}",
    readLines: "Las líneas", readShapes: "Las formas", readIdea: "Cada línea es lo que alguien dice. Elija una para ver quién lo dice, quién lo niega y cómo nos llegó.", readSpeaks2: "Una línea muy fina que acaba en un anillo va de quien habla a aquello de lo que habla.", readNotDrawn: "Lo negado que nadie afirma, las preguntas abiertas y lo que descartamos se dibujan solo si lo pide.", readHide: "Un filtro oculta declaraciones, nunca la respuesta a una que sigue a la vista.", readKeys: "Teclas",
    legendShow: "Mostrar la leyenda", legendHide: "Ocultar la leyenda", sheetMore: "Mostrar más", sheetLess: "Mostrar menos",
  },
};

/** The words for `key`, with {name} filled in from `values`; "one|many" by values.n, thousands grouped as the language does. */
export function word(lang, key, values = {}) {
  const forms = (WORDS[lang] ?? WORDS.en)[key] ?? WORDS.en[key];
  if (forms === undefined) throw new Error(`words.js has no "${key}"`);
  const parts = forms.split("|");
  const form = parts.length > 1 && values.n !== 1 ? parts[1] : parts[0];
  return form.replace(/\{(\w+)\}/g, (whole, name) => {
    const value = values[name];
    if (value === undefined) return whole;
    return typeof value === "number" ? new Intl.NumberFormat(lang).format(value) : String(value);
  });
}

/** All keys of one language, for the test that both say the same things. */
export function wordKeys(lang) {
  return Object.keys(WORDS[lang]);
}
