/** What to do where the Node that runs this is too old; undefined where it is not. Read before anything newer is. */
export function tooOldNode(): string | undefined {
  const { node } = process.versions;
  if (Number.parseInt(node, 10) >= 24) return undefined;
  return `coursebridge needs Node 24 or newer and this is ${node}: run it by npm (npm start, npx coursebridge), which brings one.`;
}
