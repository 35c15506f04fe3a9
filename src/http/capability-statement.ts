import type { CapabilityStatement } from '@medplum/fhirtypes';

/**
 * What FHIR we speak: none but this statement. Courses come and go by our own addresses, and FHIR is what we send to the
 * target; saying more would make clients try.
 */
export function capabilityStatement(version: string): CapabilityStatement {
  return {
    resourceType: 'CapabilityStatement',
    url: 'https://w3id.org/coursebridge/CapabilityStatement/service',
    version,
    name: 'Coursebridge',
    title: 'coursebridge',
    status: 'active',
    date: '2026-11-21',
    kind: 'instance',
    software: { name: 'coursebridge', version },
    implementation: {
      description: 'Takes treatment courses and delivers them to a FHIR R4 server. See /openapi.json.',
    },
    fhirVersion: '4.0.1',
    format: ['json'],
    rest: [
      {
        mode: 'server',
        documentation: 'No resource can be read or written here; /openapi.json lists what can be done.',
      },
    ],
  };
}
