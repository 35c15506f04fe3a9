import { readText } from '../course/read-text.ts';
import type { StoreTransaction } from '../exchange/store.ts';
import { writeJson } from '../json/json.ts';
import { acceptCourse } from '../mapping/accept-course.ts';
import { bundleOf, mapCourse } from '../mapping/course-to-bundle.ts';
import { nextOf, pageIn } from './paging.ts';
import { fhirJson, issueReply, jsonReply, type Reply } from './reply.ts';
import type { Handler } from './routes.ts';
import type { Service } from './service.ts';
import { idIn } from './submissions.ts';

/** GET /courses: what was submitted here, by our own ids. */
export function listCourses({ store }: Service): Handler {
  return async (request) => {
    const page = pageIn(request, 'named');
    if (page === undefined) return issueReply('bad-request');
    const ids = await store.transaction((tx) => tx.courseIds(page));
    return jsonReply(200, { courses: ids.map((id) => ({ id })), ...nextOf('/courses', page, ids, ids.at(-1)) });
  };
}

/** GET /courses/{id}: the course as it is now, every digit as it was sent. */
export const getCourse = (service: Service): Handler =>
  fromVersion(service, (text) => ({ status: 200, type: 'application/json', body: text }));

/** GET /courses/{id}/bundle: the bytes that `coursebridge map` prints, the line's end included. */
export const getBundle = (service: Service): Handler =>
  fromVersion(service, (text) => {
    const json = readText(text).value;
    const course = json === undefined ? undefined : acceptCourse(json, service.definitions).value;
    if (course === undefined) throw new Error('a version of a course is not one that we accept');
    const bundle = bundleOf(mapCourse(course, service.definitions), 'logical');
    return { status: 200, type: fhirJson, body: `${writeJson(bundle)}\n` };
  });

function fromVersion({ store }: Service, reply: (text: string) => Reply): Handler {
  return async (request) => {
    const found = await store.transaction((tx) => presentText(tx, idIn(request)));
    return typeof found === 'string' ? reply(found) : issueReply(found.code);
  };
}

async function presentText(
  tx: StoreTransaction,
  id: string,
): Promise<string | { readonly code: 'course-unknown' | 'course-without-version' }> {
  const course = await tx.course(id);
  if (course === undefined) return { code: 'course-unknown' };
  const version = course.version === undefined ? undefined : await tx.version(course.version.seq);
  return version?.text ?? { code: 'course-without-version' };
}
