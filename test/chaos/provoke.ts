import { versionsUpTo } from './course-versions.ts';
import { canary, type Population } from './marked-course.ts';

/** Requests that the service refuses, each with the canary where the fault is; what it answered, address by address. */
export async function provoked(service: string, population: Population): Promise<string> {
  const course = versionsUpTo(population, 0, 1)[0]?.course;
  const broken: readonly object[] = [
    { ...course, status: canary },
    { ...course, version: canary },
    { ...course, start: `2026-13-${canary}` },
    { ...course, patient: { system: canary, id: canary, birthDate: canary } },
    { ...course, timeZone: `Europe/${canary}` },
    { ...course, sessions: [{ id: canary, status: canary, note: 5 }, { id: canary }] },
    { ...course, assessments: [{ id: canary, instrument: canary, items: [{ linkId: canary, text: canary }] }] },
    { ...course, outcomes: [{ id: canary, instrument: 'phq9', baselineAssessmentId: canary }] },
  ];
  const bodies = [...broken.map((one) => JSON.stringify(one)), `{"id": "${canary}"`, canary, `["${canary}"]`];
  const answers: string[] = [];
  const ask = async (path: string, method: string, body?: string, type = 'application/json'): Promise<void> => {
    const response = await fetch(`${service}${path}`, {
      method,
      headers: { 'Content-Type': type, 'Idempotency-Key': `${canary}-${answers.length}` },
      ...(body !== undefined && { body }),
    });
    answers.push(`${response.status} ${JSON.stringify([...response.headers])} ${await response.text()}`);
  };
  for (const body of bodies) {
    await ask('/courses', 'POST', body);
    await ask(`/courses/${canary}`, 'PATCH', body);
    await ask(`/courses/${canary}`, 'PUT', body);
  }
  await ask('/courses', 'POST', bodies.join('\n'), 'application/x-ndjson');
  await ask('/courses', 'POST', canary, `text/${canary}`);
  await ask(`/${canary}?name=${canary}`, 'GET');
  await ask(`/courses/${canary}/receipt`, 'GET');
  await ask(`/deliveries?state=${canary}`, 'GET');
  await ask(`/deliveries/${canary}/replay`, 'POST');
  await ask('/pull', 'POST', JSON.stringify({ course: { system: canary, id: canary } }));
  return answers.join('\n');
}
