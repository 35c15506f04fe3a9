import type { Functions } from './compiled.ts';
import { aggregates } from './functions-aggregate.ts';
import { conversions } from './functions-convert.ts';
import { existence } from './functions-existence.ts';
import { filters } from './functions-filter.ts';
import { maths } from './functions-math.ts';
import { strings } from './functions-strings.ts';
import { subsets } from './functions-subsets.ts';
import { trees } from './functions-tree.ts';

/**
 * The functions that the compiler knows. Those of the clock (now, today), of terminology and of profiles are not among
 * them, nor what FHIRPath's newer versions try out.
 */
export const functions: Functions = {
  ...existence,
  ...filters,
  ...subsets,
  ...trees,
  ...strings,
  ...conversions,
  ...maths,
  ...aggregates,
};
