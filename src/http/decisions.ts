import { rejectSubmission, releaseSubmission, withdrawCourse } from '../exchange/submit.ts';
import { askedFor } from './json-body.ts';
import type { Handler } from './routes.ts';
import type { Service } from './service.ts';
import { idIn, submissionReply } from './submissions.ts';
import { withdrawal } from './wire.ts';

/** What a person decides: on a submission that is held, and on a course that is taken back. */

/** POST /submissions/{id}/release: it is in force from now on. */
export function postRelease({ world, wake }: Service): Handler {
  return async (request) => {
    const submitted = await releaseSubmission(idIn(request), world);
    if (submitted.deliveries.length > 0) wake();
    return submissionReply(submitted);
  };
}

/** POST /submissions/{id}/reject: it will never be in force. */
export const postReject =
  ({ world }: Service): Handler =>
  async (request) =>
    submissionReply(await rejectSubmission(idIn(request), world));

/** POST /courses/{id}/withdraw: all of the course becomes entered-in-error on the targets. */
export function postWithdraw(service: Service): Handler {
  return async (request) => {
    const asked = await askedFor(request, service, withdrawal);
    if (!asked.ok) return asked.reply;
    const submitted = await withdrawCourse(idIn(request), asked.value.reason, service.world);
    service.noteSubmitted('withdrawal', [submitted]);
    return submissionReply(submitted);
  };
}
