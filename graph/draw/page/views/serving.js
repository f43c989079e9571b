// The page over a server: what the state needs is asked for first, then drawn; what went wrong is told in one line.
import { EndpointError } from "../model/endpoint.js";
import { isStopKind } from "../model/ask.js";
import { rules, throughAsked } from "../model/rules.js";

const ERROR_WORDS = { unreachable: "serverGone", slow: "serverSlow", busy: "serverBusy", refused: "serverRefused" };

/**
 * The words for what went wrong between the page and its server.
 * @param {{ kind: any }} given
 */
export function failureWord({ kind }) {
  return ERROR_WORDS[kind] ?? "serverRefused";
}

/**
 * on: {records(), grown(): more is loaded, tell(key, values): says it, waiting(n): so many questions are under way}.
 */
export class Serving {
  /** @param {any} served @param {Acts} on */
  constructor(served, on) {
    this.served = served;
    this.on = on;
    this.done = new Set();
    this.failed = new Set();
    this.under = new Map();
  }

  /**
   * Asks for what a state needs and has not got; draws anew when it came.
   * @param {any} state @param {any} answer
   */
  async need(state, answer) {
    const jobs = this.jobsOf(state, answer).filter(([key]) => !this.done.has(key) && !this.under.has(key));
    await Promise.all(jobs.map(([key, work, how]) => this.run(key, work, how)));
  }

  /**
   * A page more of a node's relationships.
   * @param {string} id
   */
  more(id) {
    return this.run(`more:${id}`, () => this.served.open(id, { more: true }), { again: true });
  }

  /**
   * More of what somebody says.
   * @param {string} id
   */
  moreTold(id) {
    return this.run(`told:${id}`, () => this.served.according(id, { more: true }), { again: true });
  }

  /**
   * Who is called so, in the store.
   * @param {string} typed
   */
  search(typed) {
    return this.run(`search:${typed}`, () => this.served.search(typed));
  }

  /**
   * Several names at once, as from a pasted list.
   * @param {any} list
   */
  async names(list) {
    for (const name of list.slice(0, 40)) await this.search(name);
  }

  /** @param {{ selected: Thing; ask: any; shown: any; focus: any; picked: string[] }} given @param {any} answer */
  jobsOf({ selected, ask, shown, focus, picked }, answer) {
    const { served } = this;
    const jobs = [];
    /** @param {string} id */
    const open = (id) => {
      if (id) jobs.push([`open:${id}`, () => served.open(id)]);
    };
    if (selected?.type === "node") open(selected.id);
    if (shown === "focus" && focus) open(focus.id);
    if (ask?.kind === "path" && ask.a && ask.b && ask.a !== ask.b) {
      const { a, b, asked = [], through = [] } = ask;
      /** @param {any} ticks */
      const between = (ticks) => {
        const key = `between:${[a, b, ...rules.asked, "/", ...ticks.through].join(":")}`;
        jobs.push([
          key,
          () => served.between(a, b, ticks, isStopKind(this.on.records(), ticks.through)),
          { refit: true },
        ]);
        return this.done.has(key);
      };
      // What is offered when there is no way must have been looked for, too.
      if (
        between({ asked, through }) &&
        answer &&
        !answer.path &&
        between({ asked: rules.asked, through: throughAsked().filter((each) => each !== "speaker") })
      )
        between({ asked: rules.asked, through: throughAsked() });
    }
    if (ask?.kind === "according")
      for (const id of [ask.a, ask.b, ...(ask.alsoA ?? []), ...(ask.alsoB ?? [])].filter(Boolean))
        jobs.push([`according:${id}`, () => served.according(id)]);
    if (ask?.kind === "join") for (const id of picked) open(id);
    if (shown === "all" && !ask && served.fits())
      jobs.push([
        "everything",
        () => served.everything((part) => this.on.tell("serverPart", { n: Math.round(part * 100) })),
        { refit: true },
      ]);
    return jobs;
  }

  /** @param {any} key @param {any} work @param {{ again?: boolean; refit?: boolean }} [given] */
  async run(key, work, { again = false, refit = false } = {}) {
    if (this.under.has(key) || (this.done.has(key) && !again)) return;
    this.under.set(key, true);
    this.on.waiting(this.under.size);
    const before = this.served.size();
    try {
      await work();
      this.done.add(key);
    } catch (error) {
      if (!(error instanceof EndpointError)) throw error;
      this.on.tell(failureWord(error), { why: error.message });
    } finally {
      this.under.delete(key);
      this.on.waiting(this.under.size);
    }
    if (this.done.has(key) && this.served.size() !== before) this.on.grown({ refit });
  }
}
