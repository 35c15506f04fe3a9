import { keywords } from '../course/keywords.ts';
import {
  faultUnless,
  listFaults,
  locatedExtensions,
  locatedIn,
  type DefinitionFault,
  type Located,
} from './definition-fault.ts';
import { elementOf, type Elements } from './elements.ts';
import { monitoringMoments } from './programme-action.ts';
import { ownCode, ownKeyword } from './programme-dose.ts';
import { base, codeSystem } from './terminology.ts';

/** Of a contained resource, if it is a dose: that our codes in it are known. */
export function doseFaults(contained: Located): readonly DefinitionFault[] {
  if (contained.element['resourceType'] !== 'ActivityDefinition') return [];
  const inside = ({ element, at }: Located, name: string): Located => ({
    element: elementOf(element[name]),
    at: `${at}.${name}`,
  });
  return [
    ...listFaults(contained, ['dosage']),
    ...codeFaults(inside(contained, 'productCodeableConcept')),
    ...locatedIn(contained, 'dosage').flatMap((dosage) => codeFaults(inside(dosage, 'route'))),
  ];
}

const readLists = ['phase', 'modality', 'substance', 'route'] as const;

/** That a code of ours is one of its list. Codes of other systems are not read. */
export function codeFaults(concept: Located): readonly DefinitionFault[] {
  const isKnown = ({ system, code }: Elements): boolean => {
    const list = readLists.find((one) => codeSystem(one) === system);
    return list === undefined || keywords[list].some((one) => one === code);
  };
  return [
    ...listFaults(concept, ['coding']),
    ...locatedIn(concept, 'coding').flatMap(({ element, at }) =>
      faultUnless(isKnown(element), `${at}.code`, 'Our CodeSystem that this names has no such code.'),
    ),
  ];
}

/** That the moment that an action is for is one of ours. */
export function momentFaults(action: Located): readonly DefinitionFault[] {
  const own = (name: string): readonly Located[] => locatedExtensions(action, `${base}/StructureDefinition/${name}`);
  const codingOf = (element: Elements): Elements => elementOf(element['valueCoding']);
  return [
    ...own('timepoint').flatMap((timepoint) => {
      const parts = locatedIn(timepoint, 'extension');
      const known = parts.some(({ element }) => ownKeyword(codingOf(element), 'timepoint') !== undefined);
      const numbers = parts.filter(({ element }) => element['url'] === 'n');
      return [
        ...faultUnless(known, timepoint.at, 'A timepoint has a kind that is a code of our CodeSystem timepoint.'),
        ...numbers.flatMap(({ element, at }) =>
          faultUnless(Number.isInteger(element['valueInteger']), `${at}.valueInteger`, 'A whole number is expected.'),
        ),
      ];
    }),
    ...own('monitoring-moment').flatMap(({ element, at }) => {
      const code = ownCode(codingOf(element), 'monitoring-moment');
      const known = monitoringMoments.some((one) => one === code);
      return faultUnless(known, `${at}.valueCoding`, 'A code of our CodeSystem monitoring-moment is expected.');
    }),
  ];
}
