/** A step of a discriminator's path; FHIR allows no more of FHIRPath there. */
export type Step =
  | { readonly kind: 'child'; readonly name: string }
  | { readonly kind: 'type'; readonly type: string }
  | { readonly kind: 'extension'; readonly url: string }
  | { readonly kind: 'resolve' };

/** The steps of a path such as `code.coding.system`, `value.ofType(Quantity)`, `$this`; undefined for any other. */
export function stepsOf(path: string): readonly Step[] | undefined {
  const steps: Step[] = [];
  for (const part of path.match(/(?:[^.()]|\([^()]*\))+/g) ?? []) {
    const step = stepOf(part);
    if (step === undefined) return undefined;
    if (step !== 'this') steps.push(step);
  }
  return steps;
}

function stepOf(part: string): Step | 'this' | undefined {
  if (part === '$this') return 'this';
  if (part === 'resolve()') return { kind: 'resolve' };
  const [, call, argument = ''] = /^(ofType|as|extension)\(\s*'?([^')]*)'?\s*\)$/.exec(part) ?? [];
  if (call === 'extension') return { kind: 'extension', url: argument };
  if (call !== undefined) return { kind: 'type', type: argument };
  return /^[A-Za-z][A-Za-z0-9]*$/.test(part) ? { kind: 'child', name: part } : undefined;
}
