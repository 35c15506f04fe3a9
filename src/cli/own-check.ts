import type { Definitions } from '../definitions/definitions.ts';
import type { OwnCheck } from '../exchange/own-check.ts';
import type { CheckLevel } from '../validation/check-level.ts';

/** The check before everything that is sent; the checker is loaded and made by those alone who want one. */
export async function ownCheckFor(level: CheckLevel, definitions: Definitions): Promise<OwnCheck | undefined> {
  if (level === 'off') return undefined;
  const [{ ownCheck }, { checkerFor }] = await Promise.all([
    import('../exchange/own-check.ts'),
    import('../validation/checker-for.ts'),
  ]);
  return ownCheck(checkerFor(definitions), level);
}
