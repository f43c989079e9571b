// When no path is found as it is ticked: the shortest there is with more, and the fewest ticks it takes.
import { findPaths } from "./paths.js";
import { rules, throughAsked } from "./rules.js";

// "X speaks about both" joins almost everything: it is offered beside a path of relationships, not in its place.
const LOOSE = "speaker";

/**
 * [{path, asked, through, needs}], the shortest first; `needs` are the ticks missing. Empty when nothing joins the
 * two.
 * @param {Records} records @param {any} a @param {any} b
 * @param {{ asked?: string[]; through?: string[]; lens?: Lens | null }} [given]
 */
export function offersOf(records, a, b, { asked = [], through = [], lens = null } = {}) {
  const every = { asked: rules.asked, through: throughAsked() };
  /** @param {any} ticks */
  const shortest = (ticks) => findPaths(records, a, b, { ...ticks, limit: 1, lens })[0] ?? null;
  const wide = { ...every, through: every.through.filter((each) => each !== LOOSE || through.includes(LOOSE)) };
  const offers = [];
  // Whoever publishes everything speaks about everybody: a path by way of them tells nothing, and is walked only when
  // it is ticked.
  const loose = through.includes(LOOSE) || shortest(wide) ? [] : [every];
  for (const ticks of [wide, ...loose]) {
    let path = shortest(ticks);
    if (!path || offers.some((other) => other.path.hops.length <= path.hops.length)) continue;
    let least = ticks;
    for (const each of [...every.asked, ...every.through].filter(
      (tick) => !asked.includes(tick) && !through.includes(tick),
    )) {
      const fewer = {
        asked: least.asked.filter((tick) => tick !== each),
        through: least.through.filter((tick) => tick !== each),
      };
      const found = shortest(fewer);
      if (found && found.hops.length <= path.hops.length) [least, path] = [fewer, found];
    }
    // The same order as on the page, with what is ticked already.
    const now = {
      asked: every.asked.filter((tick) => least.asked.includes(tick) || asked.includes(tick)),
      through: every.through.filter((tick) => least.through.includes(tick) || through.includes(tick)),
    };
    offers.push({
      ...now,
      path: shortest(now),
      needs: [...now.asked, ...now.through].filter((tick) => !asked.includes(tick) && !through.includes(tick)),
    });
  }
  return offers.sort((one, other) => one.path.hops.length - other.path.hops.length);
}
