// Every word of the editor, in English and Spanish.
export const LANGUAGES = ["en", "es"];

const WORDS = {
  en: {
    title: "Ask in SPARQL", places: "Places", toDrawing: "Drawing", toQueries: "Cookbook", toVocabulary: "Vocabulary", theme: "Theme", toLight: "Switch to light", toDark: "Switch to dark", language: "Language", en: "English", es: "Spanish", skips: "Shortcuts", skipEditor: "Go to the query", skipAnswer: "Go to the answer", skipCookbook: "Go to the cookbook",
    cookbook: "Cookbook", cookbookLead: "Questions ready to be asked. Each answers with who says it, how, and who denies it.", cookbookFind: "Find a question", cookbookNone: "No question holds these words.", cookbookOpen: "Cookbook: {n} questions", cookbookChosen: "Opened: {title}",
    query: "Query", editorName: "SPARQL query", placeholder: "Write a query here. After ag: or any other known prefix its PREFIX line is added and its terms are offered.", editorHelp: "Control and Enter asks, Control and Space completes, Escape leaves the completion.", parameters: "Values", anyValue: "any",
    run: "Ask", runKeys: "Ctrl + Enter", stop: "Stop", tidy: "Fill in prefixes", link: "Copy link", linkCopied: "Link copied.", linkByHand: "Copy it from the address bar.", keys: "Ctrl + Space completes",
    asking: "Asking … {seconds} s", received: "{size} received", stopped: "Stopped after {seconds} s.", notAsked: "Write a query, or open one of the cookbook.",
    answer: "Answer", rows: "{n} row|{n} rows", took: "{seconds} s", size: "{size}", triples: "Triples as Turtle", yes: "Yes", no: "No", yesNote: "There is at least one such pattern in the data. It may be what somebody says, not what is so.", noNote: "There is no such pattern in the data. That is no finding either.", noRows: "Nothing in the data answers this.", noTriples: "No triple came back.", cutText: "The first {n} characters. Save it to have all.",
    rowDenied: "denied or taken back: {who}", rule: "A row is a statement by somebody, not a finding.", whoMissing: "These columns do not say who says so. Add ?who, ?stance and ?deniedBy as the cookbook does, before you take a row for a fact.", standingColumns: "Shaded columns say who speaks, how, and who denies it.", describeNote: "DESCRIBE brings names and leaves out who says what. The page of each IRI has its statements:",
    sortBy: "Sort by {name}", sortable: "Table of the answer", pages: "Pages", first: "First page", before: "Page before", after: "Next page", last: "Last page", shown: "{from}–{to} of {n}", unbound: "no value",
    saveAs: "Save as", saveNote: "Asks the server again.", saved: "Saved as {name}.", saving: "Saving … {size}", draw: "Show in the drawing", drawNote: "Opens {n} of it|Opens {n} of them", drawLooking: "Looking for what the rows are about …", drawNothing: "No row of this answer names anything that can be drawn.", drawMost: "The first {n} of {m} are opened.",
    errorAt: "Line {line}, column {column}: {text}", errorGo: "Go there", again: "Ask again in {n} second.|Ask again in {n} seconds.", noServer: "The server did not answer. Is it still running?", brokenOff: "The answer broke off on its way. Nothing of it is shown, because a part is not the whole.", tooMuch: "The answer is larger than {size}, too much to show here. Add a LIMIT, or save it.", notRead: "The answer cannot be read: {why}.",
    options: "{n} completion|{n} completions", optionsName: "Completions", noOptions: "Nothing to complete here.", prefixAdded: "PREFIX {name}: added.", prefixesAdded: "Prefixes filled in.", badValue: "This place takes a value like {like}.", badLink: "The link names no query that is here.",
    col_who: "who says so", col_for: "in whose name", col_via: "who passed it on", col_stance: "the position taken", col_modality: "done or planned", col_hedge: "the softening words, as printed", col_deniedBy: "who denies or disputes it", col_retracted: "withdrawn or corrected", col_place: "where it stands",
    group_class: "class", group_property: "property", group_relation: "relation", group_kind: "kind", group_concept: "value", group_unit: "unit", group_mirror: "relation as it stands", group_prefix: "prefix", group_keyword: "keyword", group_variable: "variable", group_other: "other vocabulary", group_scheme: "values",
  },
  es: {
    title: "Preguntar en SPARQL", places: "Lugares", toDrawing: "Dibujo", toQueries: "Recetario", toVocabulary: "Vocabulario", theme: "Tema", toLight: "Pasar a claro", toDark: "Pasar a oscuro", language: "Idioma", en: "inglés", es: "español", skips: "Atajos", skipEditor: "Ir a la consulta", skipAnswer: "Ir a la respuesta", skipCookbook: "Ir al recetario",
    cookbook: "Recetario", cookbookLead: "Preguntas listas para hacerse. Cada una responde con quién lo dice, cómo y quién lo niega.", cookbookFind: "Buscar una pregunta", cookbookNone: "Ninguna pregunta contiene esas palabras.", cookbookOpen: "Recetario: {n} preguntas", cookbookChosen: "Abierta: {title}",
    query: "Consulta", editorName: "Consulta SPARQL", placeholder: "Escriba aquí una consulta. Tras ag: u otro prefijo conocido se añade su línea PREFIX y se proponen sus términos.", editorHelp: "Control e Intro pregunta, Control y Espacio completa, Escape cierra las propuestas.", parameters: "Valores", anyValue: "cualquiera",
    run: "Preguntar", runKeys: "Ctrl + Intro", stop: "Parar", tidy: "Completar prefijos", link: "Copiar enlace", linkCopied: "Enlace copiado.", linkByHand: "Cópielo de la barra de direcciones.", keys: "Ctrl + Espacio completa",
    asking: "Preguntando … {seconds} s", received: "{size} recibidos", stopped: "Detenida a los {seconds} s.", notAsked: "Escriba una consulta o abra una del recetario.",
    answer: "Respuesta", rows: "{n} fila|{n} filas", took: "{seconds} s", size: "{size}", triples: "Tripletas en Turtle", yes: "Sí", no: "No", yesNote: "Al menos un patrón así está en los datos. Puede ser lo que alguien dice, no lo que es.", noNote: "No hay un patrón así en los datos. Tampoco eso es una comprobación.", noRows: "Nada en los datos responde a esto.", noTriples: "No llegó ninguna tripleta.", cutText: "Los primeros {n} caracteres. Guárdelo para tenerlo todo.",
    rowDenied: "negado o retirado: {who}", rule: "Una fila es una declaración de alguien, no una comprobación.", whoMissing: "Estas columnas no dicen quién lo afirma. Añada ?who, ?stance y ?deniedBy, como hace el recetario, antes de tomar una fila por un hecho.", standingColumns: "Las columnas sombreadas dicen quién habla, cómo y quién lo niega.", describeNote: "DESCRIBE trae nombres y deja fuera quién dice qué. La página de cada IRI tiene sus declaraciones:",
    sortBy: "Ordenar por {name}", sortable: "Tabla de la respuesta", pages: "Páginas", first: "Primera página", before: "Página anterior", after: "Página siguiente", last: "Última página", shown: "{from}–{to} de {n}", unbound: "sin valor",
    saveAs: "Guardar como", saveNote: "Vuelve a preguntar al servidor.", saved: "Guardado como {name}.", saving: "Guardando … {size}", draw: "Mostrar en el dibujo", drawNote: "Abre {n}|Abre {n}", drawLooking: "Buscando de qué tratan las filas …", drawNothing: "Ninguna fila de esta respuesta nombra algo que se pueda dibujar.", drawMost: "Se abren los primeros {n} de {m}.",
    errorAt: "Línea {line}, columna {column}: {text}", errorGo: "Ir allí", again: "Vuelva a preguntar en {n} segundo.|Vuelva a preguntar en {n} segundos.", noServer: "El servidor no respondió. ¿Sigue en marcha?", brokenOff: "La respuesta se cortó por el camino. No se muestra nada de ella, porque una parte no es el todo.", tooMuch: "La respuesta supera {size}, demasiado para mostrarla aquí. Añada LIMIT o guárdela.", notRead: "La respuesta no se puede leer: {why}.",
    options: "{n} propuesta|{n} propuestas", optionsName: "Propuestas", noOptions: "Aquí no hay nada que completar.", prefixAdded: "Se añadió PREFIX {name}:.", prefixesAdded: "Prefijos completados.", badValue: "Aquí va un valor como {like}.", badLink: "El enlace nombra una consulta que no está aquí.",
    col_who: "quién lo dice", col_for: "en nombre de quién", col_via: "quién lo transmitió", col_stance: "la postura", col_modality: "hecho o previsto", col_hedge: "las palabras de reserva, tal como se imprimen", col_deniedBy: "quién lo niega o cuestiona", col_retracted: "retirada o corregida", col_place: "dónde está",
    group_class: "clase", group_property: "propiedad", group_relation: "tipo de relación", group_kind: "tipo", group_concept: "valor", group_unit: "unidad", group_mirror: "relación tal como está", group_prefix: "prefijo", group_keyword: "palabra clave", group_variable: "variable", group_other: "otro vocabulario", group_scheme: "valores",
  },
};

/** The words for `key`, with {name} filled in from `values`; "one|many" by values.n, numbers as the language writes them. */
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

/** Whether there are words for `key`. */
export function hasWord(key) {
  return Object.hasOwn(WORDS.en, key);
}

/** All keys of one language, for the test that both say the same things. */
export function wordKeys(lang) {
  return Object.keys(WORDS[lang]);
}

/** Seconds as people read them: 0.04, 1.2, 14. */
export function secondsIn(lang, milliseconds) {
  const seconds = milliseconds / 1000;
  const digits = seconds < 1 ? 2 : seconds < 10 ? 1 : 0;
  return new Intl.NumberFormat(lang, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(seconds);
}

/** A number of bytes as people read it. */
export function sizeIn(lang, bytes) {
  const unit = bytes < 1e6 ? ["kB", 1e3] : ["MB", 1e6];
  return `${new Intl.NumberFormat(lang, { maximumFractionDigits: bytes < 1e4 ? 1 : 0 }).format(bytes / unit[1])} ${unit[0]}`;
}
