import { patientId, patientSystemOf, type Population } from './marked-course.ts';

/** Makes the patients of a population known to a server, as an admission would have. */
export async function admitPatients(base: string, population: Population, count: number): Promise<void> {
  const all = Array.from({ length: count }, (_, index) => index);
  for (let from = 0; from < count; from += 200) await admit(base, population, all.slice(from, from + 200));
}

async function admit(base: string, population: Population, indexes: readonly number[]): Promise<void> {
  const bundle = {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: indexes.map((index) => ({
      resource: {
        resourceType: 'Patient',
        identifier: [{ system: patientSystemOf(population), value: patientId(index) }],
      },
      request: { method: 'POST', url: 'Patient' },
    })),
  };
  const response = await fetch(base, {
    method: 'POST',
    headers: { 'Content-Type': 'application/fhir+json' },
    body: JSON.stringify(bundle),
  });
  if (!response.ok)
    throw new Error(`patients were answered ${response.status}: ${(await response.text()).slice(0, 500)}`);
  await response.arrayBuffer();
}
