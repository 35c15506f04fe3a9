import { answers } from './answers.ts';
import { conformance } from './conformance.ts';
import { conformanceValues } from './conformance-values.ts';
import { error, information, warning, type Entry } from './entry.ts';
import { packages } from './packages.ts';

export type { Severity } from './entry.ts';

/** Everything that can be wrong, once: the code, how bad it is, and the fixed sentence. */
export const catalogue = {
  // Reading a course: the text and its shape
  'malformed-json': error('structure', 400, 'This is not well-formed JSON.'),
  'json-too-deep': error('structure', 400, 'This is nested more deeply than is read.'),
  'input-too-large': error('too-long', 413, 'This is larger than is read at once.'),
  'not-a-course': error('structure', 400, 'This is not a treatment course: a JSON object is expected.'),
  'not-fhir': error('structure', 400, 'This is neither a FHIR resource nor a Bundle.'),
  'missing-field': error('required', 422, 'This field is required.'),
  'unknown-field': error('structure', 422, 'The course format has no such field.'),
  'duplicate-field': error('structure', 400, 'This field is given twice in one object.'),
  'wrong-type': error('value', 422, 'The value has the wrong JSON type.'),
  'not-in-list': error('code-invalid', 422, 'The value is not one of the keywords of this field.'),
  'one-of-needed': error('structure', 422, 'Exactly one of the alternatives must be given.'),
  'invalid-text': error(
    'value',
    422,
    'The text is empty, only white space, or holds characters that FHIR does not allow.',
  ),
  'text-too-long': error('too-long', 422, 'The text is longer than this field allows.'),
  'invalid-uri': error('value', 422, 'This is not an absolute URI.'),
  'invalid-number': error('value', 422, 'The number is not one that FHIR can hold.'),
  'not-an-integer': error('value', 422, 'A whole number is expected.'),
  'out-of-range': error('value', 422, 'The number is outside the range of this field.'),
  'invalid-language': error('value', 422, 'This is not a BCP-47 language tag.'),
  // Time
  'invalid-date': error('value', 422, 'This is not a FHIR date.'),
  'invalid-time': error(
    'value',
    422,
    'This is neither a FHIR dateTime nor, where the course has a time zone, a local time.',
  ),
  'time-without-zone': error('value', 422, 'The time has no UTC offset and the course has no time zone.'),
  'unknown-time-zone': error('value', 422, 'This is not the name of an IANA time zone.'),
  'nonexistent-local-time': error('value', 422, 'The time zone has no such local time: the clocks were put forward.'),
  'ambiguous-local-time': information(
    'value',
    'The local time occurs twice, because the clocks were put back: the first is taken.',
  ),
  'end-before-start': error('business-rule', 422, 'The end is before the start.'),
  // Identity and links
  'duplicate-id': error('duplicate', 422, 'Another part of the same list has this id.'),
  'dangling-link': error('not-found', 422, 'The course has no part with this id.'),
  'national-identity-number': error(
    'security',
    422,
    'This id looks like a national identity number: ids travel in identifiers and logs.',
  ),
  'code-in-own-system': error(
    'code-invalid',
    422,
    'A code of a coursebridge code system is written as its keyword, not as a code.',
  ),
  // Medication and measurements
  'unknown-unit': error('code-invalid', 422, 'The unit is not one that this field accepts (UCUM).'),
  'dose-on-not-done': error('business-rule', 422, 'An administration that was not done has no amount, rate or end.'),
  'dose-weight-mismatch': warning(
    'business-rule',
    'The amount and the amount per weight times the weight are more than 5 % apart.',
  ),
  'dose-in-session-not-done': warning('business-rule', 'A dose was given in a session that was not done.'),
  'stated-minutes-differ': warning(
    'business-rule',
    'The stated minutes differ from the time since the first dose by more than one minute.',
  ),
  'minutes-without-dose': information(
    'business-rule',
    'Minutes from the first dose are stated, but no dose has a start.',
  ),
  // Instruments
  'unknown-instrument': error('not-found', 422, 'There is no such instrument.'),
  'unknown-item': error('not-found', 422, 'The instrument has no such item to answer.'),
  'wrong-answer-type': error('value', 422, 'The item is answered in another way (value, code, text, time or yes).'),
  'answer-out-of-range': error('value', 422, 'The answer is not one that the item offers.'),
  'item-twice': error('duplicate', 422, 'The item is answered twice.'),
  'stated-total-differs': warning('business-rule', 'The stated total is not the total of the answers.'),
  'stated-total-impossible': warning('business-rule', 'The stated score is outside the range of the instrument.'),
  'other-instrument': warning('business-rule', 'The assessment is not one of the instrument that is evaluated.'),
  'stated-reduction-differs': warning('business-rule', 'The stated reduction is not the one that the totals give.'),
  'stated-category-differs': warning(
    'business-rule',
    'The stated category is not the one that the criterion of the programme gives.',
  ),
  'safety-item': information(
    'business-rule',
    'The answer to the item on death or self-harm is above zero. This is not an alarm system.',
  ),
  // The programme
  'programme-assessment-lacking': information(
    'incomplete',
    'The programme asks for this instrument at this moment, and the course has no answers to it.',
  ),
  'programme-psychotherapy-lacking': information(
    'incomplete',
    'The programme requires psychotherapy, and the course has none.',
  ),
  'programme-monitoring-lacking': information(
    'incomplete',
    'The programme asks for this vital sign at this moment of the session, and the session has no reading of it.',
  ),
  'programme-response-lacking': information(
    'business-rule',
    'The programme opens this phase to a response; the course entered it, and shows none.',
  ),
  'stated-ordinal-differs': information(
    'business-rule',
    'The stated ordinal is not the one that the times of the treatments give.',
  ),
  'stated-phase-differs': information(
    'business-rule',
    'The stated phase is not the one that the programme gives for this treatment.',
  ),
  // Reading FHIR
  'unclaimed-element': warning('informational', 'Nothing in the course says this element: it is not read.'),
  'unclaimed-resource': warning(
    'informational',
    'The resource names the course, but nothing in the course refers to it: it is not read.',
  ),
  'changed-element': warning('business-rule', 'The element is not what the course that holds it would write.'),
  'missing-element': warning('incomplete', 'An element that the course would write is not there.'),
  'missing-resource': error('incomplete', 422, 'A resource of the course is not there.'),
  'duplicate-resource': error('duplicate', 422, 'Two resources have the same identifier.'),
  'identifiers-missing': warning(
    'incomplete',
    'Resources of the course have no identifier: their parts are named by the ids that the server gave them.',
  ),
  stranger: information('informational', 'The resource belongs to no treatment course.'),
  // A target
  'target-unavailable': error('transient', 503, 'The target could not be reached: nothing was written.'),
  'target-unknown-outcome': error(
    'timeout',
    504,
    'The answer of the target was lost: whether it wrote is not known. Sending again is safe.',
  ),
  'target-refused': error('processing', 422, 'The target refused this.'),
  'target-not-fhir': error('structure', 503, 'The target does not answer as a FHIR server does.'),
  'target-wrong-version': error('not-supported', 503, 'The target is not a FHIR R4 (4.0.x) server.'),
  'target-not-authorised': error('security', 503, 'The target does not let us in.'),
  'patient-unknown': error('not-found', 422, 'The target does not know the patient: nothing was written.'),
  'patient-ambiguous': error(
    'multiple-matches',
    422,
    'The target has several patients with this identifier: nothing was written.',
  ),
  'other-patient': error(
    'conflict',
    409,
    'The target holds a resource of another patient under this identifier: nothing was written.',
  ),
  'duplicate-on-target': error(
    'multiple-matches',
    409,
    'The target holds several resources under this identifier: nothing was written.',
  ),
  'not-deliverable': warning(
    'not-supported',
    'The target cannot hold this: it is not there, and all else of the course is.',
  ),
  'arrival-unresolved': error(
    'incomplete',
    409,
    'This was sent and never answered, and the target does not show whether it arrived: it waits for a person.',
  ),
  'partly-written': error(
    'incomplete',
    422,
    'The target took some resources only: the outcome lists each that it took.',
  ),
  written: information('informational', 'The target took this resource.'),
  'course-unknown': error('not-found', 404, 'There is no such course.'),
  'patient-differs': warning('business-rule', 'The target says something else of the patient.'),
  // Taking submissions
  'store-full': error('no-store', 503, 'The store has no room left: nothing of this was kept.'),
  'store-unavailable': error('no-store', 503, 'The store does not answer.'),
  'too-many-waiting': error('throttled', 503, 'Too many deliveries wait for the target: nothing of this was kept.'),
  busy: error('throttled', 503, 'The service is reading as much as it can: nothing of this was kept.'),
  stopping: error('transient', 503, 'The service is about to stop: nothing of this was kept.'),
  'line-too-long': error('too-long', 413, 'The line is longer than this service accepts.'),
  'idempotency-key-invalid': error('invalid', 400, 'The Idempotency-Key is empty, too long or no text.'),
  'idempotency-key-reused': error('conflict', 422, 'Another request was sent under this Idempotency-Key.'),
  'idempotency-key-in-use': error('conflict', 409, 'The first request under this Idempotency-Key is still being read.'),
  'course-without-version': error(
    'not-found',
    404,
    'All that is known of the course is held, or waits for a snapshot.',
  ),
  'delivery-unknown': error('not-found', 404, 'There is no such delivery.'),
  // Submissions
  'cannot-be-cleared': error(
    'value',
    422,
    'This cannot be cleared: a course is nothing without it, or it is a list whose parts are taken back one by one.',
  ),
  'retracted-with-content': error('structure', 422, 'A part that is taken back says its id and nothing else.'),
  'retracted-along': information('informational', 'A part that rests on one that is taken back is taken back too.'),
  'link-cleared': information('informational', 'A link to a part that is taken back was cleared.'),
  'version-conflict': error(
    'conflict',
    409,
    'The same version, or the same time of recording, is known with other content.',
  ),
  'would-retract': warning(
    'business-rule',
    'This would take back more parts than may be taken back unasked: it is held for a person.',
  ),
  'patient-changed': warning('business-rule', 'The course was of another patient: this is held for a person.'),
  'course-withdrawn': warning('business-rule', 'The course was withdrawn by a person: this is held for a person.'),
  'order-unknown': warning(
    'business-rule',
    'Nothing says whether this is newer than what is known: it is held for a person.',
  ),
  'course-without-snapshot': information(
    'incomplete',
    'The course itself is not known yet: this waits for its first snapshot.',
  ),
  'part-not-known': warning(
    'not-found',
    'The course has no such part yet: this waits until another submission brings it.',
  ),
  'partial-waits': information(
    'informational',
    'A partial that came earlier does not fit the course as it is now: it waits.',
  ),
  'older-submission': information(
    'informational',
    'Newer submissions say all of this: it is kept and changes nothing.',
  ),
  'submission-unknown': error('not-found', 404, 'There is no such submission.'),
  'not-held': error('conflict', 409, 'The submission is not held.'),
  ...conformance,
  ...answers,
  ...conformanceValues,
  ...packages,
  // HTTP
  'no-such-route': error('not-found', 404, 'There is nothing here.'),
  'method-not-allowed': error('not-supported', 405, 'This method is not allowed here.'),
  'unsupported-media-type': error(
    'not-supported',
    415,
    'Send application/json or application/x-ndjson; to a FHIR search application/x-www-form-urlencoded.',
  ),
  'not-acceptable': error('not-supported', 406, 'FHIR R4 is spoken here as JSON alone: accept application/fhir+json.'),
  'unknown-search-parameter': error(
    'not-supported',
    400,
    'A search parameter or modifier is not among those of /fhir/metadata.',
  ),
  'mode-not-supported': error(
    'not-supported',
    422,
    'A resource is validated as one to create or to update, and nothing else.',
  ),
  'resource-of-other-type': error('invalid', 422, 'The resource is not of the type of this address.'),
  'body-too-large': error('too-long', 413, 'The body is larger than this service accepts.'),
  'id-mismatch': error('conflict', 409, 'The course in the body is not the course of this address.'),
  'bad-request': error('invalid', 400, 'The request is not one that this service understands.'),
  'internal-error': error('exception', 500, 'This is a fault of coursebridge itself.'),
} as const satisfies Record<string, Entry>;

/** The code of an issue. */
export type IssueCode = keyof typeof catalogue;
