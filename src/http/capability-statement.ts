import type { CapabilityStatement, CapabilityStatementRestResource } from '@medplum/fhirtypes';
import type { ConformanceType } from '../definitions/conformance.ts';
import { base } from '../definitions/terminology.ts';
import { searchParametersOf } from './conformance-search.ts';

/** What courses are written as. $validate takes every other type too; a page for each would hide what there is. */
const written = ['Bundle', 'MedicationAdministration', 'Observation', 'Patient', 'QuestionnaireResponse'];

/** The id of the statement on this service. */
export const serviceStatementId = 'service';

/**
 * What FHIR we speak: our own conformance resources, of these types and the statement itself, and $validate. Courses come and go by our
 * own addresses, and FHIR is what we send to the target; saying more would make clients try.
 */
export function capabilityStatement(version: string, types: readonly ConformanceType[]): CapabilityStatement {
  const served = new Set<string>(['CapabilityStatement', ...types]);
  return {
    resourceType: 'CapabilityStatement',
    id: serviceStatementId,
    url: `${base}/CapabilityStatement/${serviceStatementId}`,
    version,
    name: 'Coursebridge',
    title: 'coursebridge',
    status: 'active',
    date: '2026-11-21',
    publisher: 'coursebridge',
    description: 'What a running coursebridge answers under /fhir: its own conformance resources, and $validate.',
    kind: 'instance',
    software: { name: 'coursebridge', version },
    implementation: {
      description: 'Takes treatment courses and delivers them to a FHIR R4 server. See /openapi.json.',
    },
    fhirVersion: '4.0.1',
    format: ['json', 'application/fhir+json'],
    rest: [
      {
        mode: 'server',
        documentation:
          'Profiles, questionnaires, codes and programmes can be read and searched, and resources of every type ' +
          'validated. No patient data can be read or written here; /openapi.json lists what can be done beside this.',
        resource: [...served].map((type) => servedOf(type as ConformanceType)).concat(written.map(validatedOf)),
      },
    ],
  };
}

const operation = [{ name: 'validate', definition: 'http://hl7.org/fhir/OperationDefinition/Resource-validate' }];

const validatedOf = (type: string): CapabilityStatementRestResource => ({
  type: type as NonNullable<CapabilityStatementRestResource['type']>,
  operation,
});

const servedOf = (type: ConformanceType): CapabilityStatementRestResource => ({
  type,
  interaction: [{ code: 'read' }, { code: 'search-type' }],
  versioning: 'versioned',
  readHistory: false,
  updateCreate: false,
  conditionalCreate: false,
  conditionalRead: 'full-support',
  conditionalUpdate: false,
  conditionalDelete: 'not-supported',
  searchParam: searchParametersOf(type).map(({ name, type: kind, definition }) => ({
    name,
    definition: definition(type),
    type: kind,
  })),
  operation,
});
