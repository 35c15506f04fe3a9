import { faultUnless, listFaults, locatedIn, type DefinitionFault, type Located } from './definition-fault.ts';
import { elementOf, numberIn, textIn, type Elements } from './elements.ts';
import { codeFaults, doseFaults, momentFaults } from './plan-code-faults.ts';
import { timingFaults } from './plan-timing-faults.ts';

/** What an action may point at. */
interface Targets {
  readonly goals: ReadonlySet<unknown>;
  readonly actions: ReadonlySet<unknown>;
  readonly contained: ReadonlySet<unknown>;
}

/** What `definitionFaults` says of a PlanDefinition. */
export function planFaults(plan: Elements): readonly DefinitionFault[] {
  const root = { element: plan, at: 'PlanDefinition' };
  const actions = [...actionsBelow(root)];
  const idsOf = (all: readonly Located[]): ReadonlySet<unknown> => new Set(all.map(({ element }) => element['id']));
  const contained = locatedIn(root, 'contained');
  const targets = { goals: idsOf(locatedIn(root, 'goal')), actions: idsOf(actions), contained: idsOf(contained) };
  return [
    ...listFaults(root, ['identifier', 'contained', 'goal', 'action']),
    ...locatedIn(root, 'goal').flatMap(goalFaults),
    ...contained.flatMap(doseFaults),
    ...actions.flatMap((action) => [
      ...listFaults(action, ['action', 'code', 'extension', 'relatedAction']),
      ...locatedIn(action, 'code').flatMap(codeFaults),
      ...momentFaults(action),
      ...timingFaults(action),
      ...targetFaults(action, targets),
    ]),
  ];
}

function* actionsBelow(parent: Located): Generator<Located> {
  for (const action of locatedIn(parent, 'action')) {
    yield action;
    yield* actionsBelow(action);
  }
}

function goalFaults(goal: Located): readonly DefinitionFault[] {
  return [
    ...listFaults(goal, ['target']),
    ...locatedIn(goal, 'target').flatMap(({ element, at }) => {
      const low = elementOf(elementOf(element['detailRange'])['low']);
      const well = low['code'] !== '%' || numberIn(low, 'value') !== undefined;
      return faultUnless(well, `${at}.detailRange.low.value`, 'A number is expected.');
    }),
  ];
}

function targetFaults(action: Located, { goals, actions, contained }: Targets): readonly DefinitionFault[] {
  const { element, at } = action;
  const ids: unknown = element['goalId'] ?? [];
  const canonical = textIn(element, 'definitionCanonical') ?? '';
  return [
    ...(Array.isArray(ids)
      ? ids.flatMap((id: unknown, index) =>
          faultUnless(
            typeof id === 'string' && goals.has(id),
            `${at}.goalId[${index}]`,
            'No goal of this PlanDefinition has this id.',
          ),
        )
      : [{ at: `${at}.goalId`, says: 'A list of ids is expected.' }]),
    ...locatedIn(action, 'relatedAction').flatMap((related) =>
      faultUnless(
        typeof related.element['actionId'] === 'string' && actions.has(related.element['actionId']),
        `${related.at}.actionId`,
        'No action of this PlanDefinition has this id.',
      ),
    ),
    ...faultUnless(
      !canonical.startsWith('#') || contained.has(canonical.slice(1)),
      `${at}.definitionCanonical`,
      'This PlanDefinition contains no resource with this id.',
    ),
  ];
}
