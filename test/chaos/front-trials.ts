import type { Trial } from './front-trial.ts';
import { allPairs } from './pairwise.ts';

/** All pairs of what a server may lack. The first level of each is a server that lacks nothing. */
const combinations = allPairs({
  transaction: [undefined, 400, 405],
  batch: [undefined, 422],
  noIfNoneExist: [undefined, true],
  putCreate: [undefined, 404, 405],
  conditionalUpdate: [undefined, 400, 405],
  readOnly: [
    undefined,
    ['MedicationAdministration'],
    ['QuestionnaireResponse'],
    ['MedicationAdministration', 'QuestionnaireResponse'],
  ],
  identifiers: [undefined, 'not-found', 'refused'],
  noTags: [undefined, true],
  requiredSearch: [undefined, true],
  longestBody: [undefined, 20_000],
  patients: ['create', 'resolve'],
  resets: [0, 100],
} as const);

export const trials: readonly (Trial & { readonly name: string })[] = combinations.map(
  ({ patients, resets, ...levels }, index) => {
    const switches = Object.fromEntries(Object.entries(levels).filter(([, level]) => level !== undefined));
    const name = [...Object.entries(switches).map((one) => one.join(' ')), patients, `${resets} resets`].join(', ');
    return { index, name, switches, patients, resets };
  },
);
