/** What is known by place: the type of a resource, then the names of elements, one below the other. */
export interface Places<T> {
  known: T | undefined;
  readonly below: Map<string, Places<T>>;
}

export const places = <T>(): Places<T> => ({ known: undefined, below: new Map() });

/** The places where something stands are few; of a resource that is made to have many the rest is not remembered. */
const most = 1000;

export function placeIn<T>(above: Places<T>, name: string): Places<T> {
  const before = above.below.get(name);
  if (before !== undefined) return before;
  const made = places<T>();
  if (above.below.size < most) above.below.set(name, made);
  return made;
}
