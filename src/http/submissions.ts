import type { Request } from 'express';
import type { StoreTransaction } from '../exchange/store.ts';
import { submitTexts, type Submitted } from '../exchange/submit.ts';
import { kindOfBody, readBody } from './body.ts';
import { refusalReply } from './door.ts';
import { answeredOnce, type KeepAnswer } from './idempotency.ts';
import { closing, issuesReply, jsonReply, type Reply } from './reply.ts';
import type { Handler } from './routes.ts';
import type { Service } from './service.ts';
import { streamReply } from './submission-stream.ts';
import { submissionJson } from './wire-json.ts';

/** POST /courses: one course, or one a line. */
export function postCourses(service: Service): Handler {
  const one = submission('snapshot', service);
  return (request) => (kindOfBody(request) === 'ndjson' ? streamReply(request, service) : one(request));
}

/** PUT /courses/{id}: a version of that course and no other. */
export const putCourse = (service: Service): Handler => submission('snapshot', service, idIn);

/** PATCH /courses/{id}: a part of that course. */
export const patchCourse = (service: Service): Handler => submission('partial', service, idIn);

export const idIn = ({ params }: Request): string => String(params['id']).toLowerCase();

/** Takes a body as one submission, or says why not. */
function submission(
  kind: 'snapshot' | 'partial',
  service: Service,
  address: (request: Request) => string | undefined = () => undefined,
): Handler {
  return async (request) => {
    const refusal = await service.door.refusal();
    if (refusal !== undefined) {
      request.resume();
      return closing(refusalReply(refusal));
    }
    const body = await readBody(request, service.door.bodies);
    if (!body.ok) return body.reply;
    const addressedTo = address(request);
    try {
      return await answeredOnce(request, body.text, service, (keep) =>
        submit({ text: body.text, kind, ...(addressedTo !== undefined && { addressedTo }) }, service, keep),
      );
    } finally {
      body.done();
    }
  };
}

async function submit(
  one: Parameters<typeof submitTexts>[0][number],
  { world, noteSubmitted }: Service,
  keep: KeepAnswer | undefined,
): Promise<Reply> {
  const also = keep && ((tx: StoreTransaction, all: readonly Submitted[]) => keep(tx, submissionReply(single(all))));
  const results = await submitTexts([one], world, also);
  noteSubmitted(one.kind, results);
  return submissionReply(single(results));
}

function single(submitted: readonly Submitted[]): Submitted {
  const [one] = submitted;
  if (one === undefined) throw new Error('a submission without a result');
  return one;
}

/** What became of a submission: an address where it is kept, an OperationOutcome where it is refused. */
export function submissionReply(submitted: Submitted): Reply {
  const { id, state, issues } = submitted;
  if (state === 'refused' || id === undefined) return issuesReply(issues);
  return jsonReply(statuses[state], submissionJson(submitted, id, state), { Location: `/courses/${id}` });
}

/** 202: something is still to be done, by a delivery, a person or a snapshot. */
const statuses = { accepted: 202, held: 202, pending: 202, unchanged: 200, superseded: 200 } as const;
