import type { DefinitionFault } from './definition-fault.ts';
import { elementOf } from './elements.ts';
import { planFaults } from './plan-faults.ts';
import { questionnaireFaults } from './questionnaire-faults.ts';

export type { DefinitionFault } from './definition-fault.ts';

/**
 * Everything in a Questionnaire or PlanDefinition (R4) by which a score, a band or a label would vanish or turn wrong
 * when it is read. What is not read (other resources, extensions of others, actions without a code) is no fault.
 */
export function definitionFaults(resource: unknown): readonly DefinitionFault[] {
  const element = elementOf(resource);
  if (element['resourceType'] === 'Questionnaire') return questionnaireFaults(element);
  return element['resourceType'] === 'PlanDefinition' ? planFaults(element) : [];
}
