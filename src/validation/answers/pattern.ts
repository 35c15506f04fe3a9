/** Whether a text is what a pattern says, or undefined where finding out could take unbounded time. */
export type Pattern = (text: string) => boolean | undefined;

/** What a match may cost at most, in steps of the engine: some milliseconds. */
const mostSteps = 10_000_000;

/**
 * The extension `regex` as a test of whole texts; undefined where JavaScript cannot read it. A pattern comes from
 * a Questionnaire of anybody, and matching can take time exponential in the text: what repeats a group whose content varies
 * is not tried, and the more a pattern repeats and chooses, the shorter a text must be.
 */
export function patternOf(source: string): Pattern | undefined {
  const expression = compiled(source);
  if (expression === undefined) return undefined;
  const cost = costOf(source);
  if (cost === undefined) return () => undefined;
  const longest = (mostSteps / cost.choices) ** (1 / Math.max(cost.repetitions, 1));
  return (text) => (text.length > longest ? undefined : expression.test(text));
}

function compiled(source: string): RegExp | undefined {
  for (const flags of ['u', '']) {
    try {
      return new RegExp(`^(?:${source})$`, flags);
    } catch {
      // Older patterns escape what needs none, which only the older syntax bears.
    }
  }
  return undefined;
}

interface Cost {
  /** How often something is repeated without a fixed number: each can end anywhere in the text. */
  repetitions: number;
  /** In how many ways the rest can be tried. */
  choices: number;
}

interface Group {
  varies: boolean;
  alternatives: number;
}

/** What matching may cost; undefined where what varies is itself repeated, which is exponential. */
function costOf(source: string): Cost | undefined {
  const cost: Cost = { repetitions: 0, choices: 1 };
  const groups: Group[] = [{ varies: false, alternatives: 1 }];
  let closed: Group | undefined;
  for (const [token] of source.matchAll(tokens)) {
    const group = groups.at(-1);
    if (group === undefined || /^\\[1-9k]/.test(token)) return undefined;
    const repeatsVaried = closed?.varies === true;
    closed = undefined;
    if (token.startsWith('(')) groups.push({ varies: false, alternatives: 1 });
    else if (token === ')') {
      closed = groups.pop();
      cost.choices *= closed?.alternatives ?? 1;
      const around = groups.at(-1);
      if (around !== undefined && closed?.varies === true) around.varies = true;
    } else if (token === '|') {
      group.varies = true;
      group.alternatives += 1;
    } else if (token.startsWith('?')) {
      group.varies = true;
      cost.choices *= 2;
    } else if (/^(?:[*+]|\{\d+[,}])/.test(token)) {
      const times = /^\{(\d+)\}/.exec(token)?.[1];
      if (repeatsVaried && times === undefined) return undefined;
      if (repeatsVaried) cost.choices *= 2 ** Number(times);
      if (times === undefined) {
        group.varies = true;
        cost.repetitions += 1;
      }
    }
  }
  return cost;
}

// A class of characters, an escape, the start of a group, a quantifier with its laziness, anything else.
const tokens = /\[(?:\\.|[^\]\\])*\]|\\.|\((?:\?(?:[:=!]|<[=!]|<\w+>))?|(?:[*+?]|\{\d+(?:,\d*)?\})\??|[^]/g;
