import type { Request } from 'express';
import { pullCourses } from '../exchange/pull.ts';
import type { Selection } from '../exchange/summaries.ts';
import { refuses, type Issue } from '../outcome/issue.ts';
import { askedFor } from './json-body.ts';
import { issuesReply, jsonReply, ndjson, ndjsonReply, type Reply } from './reply.ts';
import type { Handler } from './routes.ts';
import type { Service } from './service.ts';
import { pullRequest, type PullRequest } from './wire.ts';
import { outcomeJson } from './wire-json.ts';

/** POST /pull: courses as the target has them, never as we remember them. */
export function postPull(service: Service): Handler {
  const { server, definitions } = service;
  return async (request) => {
    const wanted = await askedFor(request, service, pullRequest);
    if (!wanted.ok) return wanted.reply;
    const courses: object[] = [];
    const issues: Issue[] = [];
    for await (const pulled of pullCourses(server, selectionOf(wanted.value), definitions)) {
      if (pulled.kind === 'failed') issues.push(...pulled.issues);
      else courses.push({ course: pulled.course, outcome: outcomeJson(pulled.issues) });
    }
    // Nothing at all, for a reason: then the reason is the answer. Else it stands beside what was found.
    if (courses.length === 0 && refuses(issues)) return notPulled(issues);
    if (wantsLines(request)) {
      return ndjsonReply(200, issues.length === 0 ? courses : [...courses, { outcome: outcomeJson(issues) }]);
    }
    return jsonReply(200, { courses, outcome: outcomeJson(issues) });
  };
}

/** Where something is read, a patient who is not there is no fault of the data. */
function notPulled(issues: readonly Issue[]): Reply {
  const reply = issuesReply(issues);
  return issues.every(({ code }) => code === 'patient-unknown') ? { ...reply, status: 404 } : reply;
}

function selectionOf(request: PullRequest): Selection {
  if ('course' in request) return { course: { system: request.course.system, value: request.course.id } };
  if ('patient' in request) return { patient: { system: request.patient.system, value: request.patient.id } };
  return 'all';
}

const wantsLines = (request: Request): boolean => request.accepts(['application/json', ndjson]) === ndjson;
