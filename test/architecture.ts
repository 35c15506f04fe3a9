import { posix } from 'node:path';
import { parseAst } from 'vitest/node';

/** From the bottom up: a part imports what lies below it, never what stands beside or above it. */
const layers = [
  ['json', 'outcome', 'fhirpath'],
  ['course'],
  ['definitions'],
  ['mapping', 'synthetic', 'validation', 'inputs', 'tables'],
  ['exchange'],
  ['fhir-client', 'store', 'http'],
  ['config'],
  ['main', 'cli'],
];

/** The two composition roots are one: the command line builds the same parts by hand. */
const roots = layers.length - 1;

/** Up to here a part is a function of its arguments: time, randomness, waits and files come in as such. */
const lastPureLayer = layers.findIndex((names) => names.includes('exchange'));

const forbiddenWords = ['util', 'utils', 'helper', 'helpers', 'common', 'services', 'manager', 'managers'];
const longest = 300;

const impureNames = new Set(['process', 'randomUUID', 'setTimeout', 'setInterval', 'setImmediate', 'performance']);
const impureMembers = new Set(['Date.now', 'Math.random', 'crypto.getRandomValues']);

/** Hashing is pure; everything else of Node is the world. */
const pureImports: Readonly<Record<string, readonly string[]>> = { 'node:crypto': ['hash', 'createHash'] };

/** What breaks the rules of the house in these sources; keys are paths below src. */
export function violations(sources: Readonly<Record<string, string>>): string[] {
  return Object.entries(sources).flatMap(([file, source]) =>
    [...new Set(inSource(file, source))].map((violation) => `${file}: ${violation}`),
  );
}

function inSource(file: string, source: string): string[] {
  const found: string[] = [];
  const layer = layerOf(file);
  if (layer === -1) found.push(`"${partOf(file)}" has no place in the order of layers`);
  found.push(...badNames(file));
  const lines = source.split('\n').length - 1;
  if (lines > longest) found.push(`${lines} lines, more than ${longest}`);

  const pure = layer !== -1 && layer <= lastPureLayer;
  for (const node of nodes(parseAst(source, { lang: 'ts' }))) {
    const target = importedFrom(node);
    if (target !== undefined) found.push(...badImport(file, target), ...(pure ? impureImport(node, target) : []));
    if (pure) found.push(...impure(node));
    if (readsEnvironment(node) && file !== 'config.ts') found.push('reads process.env, which is for config.ts alone');
  }
  return found;
}

function badNames(file: string): string[] {
  return file
    .split('/')
    .flatMap((segment) => segment.replace(/\.ts$/, '').split('-'))
    .filter((word) => forbiddenWords.includes(word))
    .map((word) => `"${word}" says nothing about what is inside`);
}

function badImport(file: string, target: string): string[] {
  if (!target.startsWith('.')) return [];
  const path = posix.normalize(posix.join(posix.dirname(file), target));
  if (path.startsWith('..')) {
    const data = /^(\.\.\/)+(profiles\/.*|package)\.json$/.test(path);
    return data ? [] : [`imports ${target} from outside src`];
  }
  const [from, to] = [layerOf(file), layerOf(path)];
  if (partOf(file) === partOf(path) || to < from) return [];
  if (from === roots && to === roots) return [];
  return [`imports ${path}, which is not below "${partOf(file)}"`];
}

function impureImport(node: Node, target: string): string[] {
  if (!target.startsWith('node:')) return [];
  const specifiers = Array.isArray(node['specifiers']) ? node['specifiers'].filter(isNode) : [];
  const allowed = pureImports[target] ?? [];
  const names = specifiers.map((specifier) => nameOf(specifier['imported']) ?? '*');
  if (allowed.length > 0 && names.length > 0 && names.every((name) => allowed.includes(name))) return [];
  return [`imports ${target} in a pure folder`];
}

function impure(node: Node): string[] {
  if (node.type === 'MemberExpression') {
    const member = `${nameOf(node['object'])}.${nameOf(node['property'])}`;
    if (impureMembers.has(member)) return [`names ${member} in a pure folder`];
  }
  if (node.type === 'NewExpression' && nameOf(node['callee']) === 'Date' && isEmpty(node['arguments'])) {
    return ['asks for the time with new Date() in a pure folder'];
  }
  const name = node.type === 'Identifier' ? nameOf(node) : undefined;
  return name !== undefined && impureNames.has(name) ? [`names ${name} in a pure folder`] : [];
}

function readsEnvironment(node: Node): boolean {
  if (node.type === 'MemberExpression') {
    return nameOf(node['object']) === 'process' && nameOf(node['property']) === 'env';
  }
  // `const { env } = process` and an import from node:process are the same thing in another coat.
  if (node.type === 'VariableDeclarator') return nameOf(node['init']) === 'process';
  return importedFrom(node) === 'node:process';
}

/** `course/time.ts` is of `course`, `cli.ts` and `cli/push.ts` are of `cli`. */
function partOf(file: string): string {
  return (file.split('/')[0] ?? '').replace(/\.ts$/, '');
}

function layerOf(file: string): number {
  return layers.findIndex((names) => names.includes(partOf(file)));
}

interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** Every node; a property's own name is none (`event.process` names nobody's process), a member of a call is. */
function* nodes(value: unknown): Generator<Node> {
  if (Array.isArray(value)) {
    for (const item of value) yield* nodes(item);
    return;
  }
  if (!isNode(value)) return;
  yield value;
  for (const [key, child] of Object.entries(value)) {
    if (isPlainName(value, key)) continue;
    yield* nodes(child);
  }
}

function isPlainName(parent: Node, key: string): boolean {
  if (parent['computed'] === true) return false;
  // crypto.randomUUID() is as random as randomUUID().
  if (parent.type === 'MemberExpression') return key === 'property' && nameOf(parent['property']) !== 'randomUUID';
  return key === 'key' && /Property|Method/.test(parent.type);
}

function nameOf(value: unknown): string | undefined {
  return isNode(value) && typeof value['name'] === 'string' ? value['name'] : undefined;
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

/** The module that a static, dynamic or type import, or a re-export, names. */
function importedFrom(node: Node): string | undefined {
  const source = node['source'];
  return isNode(source) && typeof source['value'] === 'string' ? source['value'] : undefined;
}
