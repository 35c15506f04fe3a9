import { exitCodeHelp } from './exit-codes.ts';

const inputHelp = `
FILE… are read in their order; - is standard input. A file holds one JSON value, pretty printed or not, or one value a
line (NDJSON): its content tells which. What cannot be used is said on stderr with its file, line and path in the
course, and the rest still goes on.`;

const signInHelp = `
A target that asks who we are: --token-file, or --user with --password-file. Without these the environment says it
(FHIR_TOKEN_FILE, or FHIR_USER and FHIR_PASSWORD_FILE), which is used for the server in FHIR_BASE_URL and no other.
Secrets are read from files alone, since command lines are seen by others.`;

const profilesHelp = `
--profiles DIR, or COURSEBRIDGE_PROFILES, adds the Questionnaires and PlanDefinitions in every *.json below DIR to ours;
one with the url of another takes its place. A course names such an instrument by its url (assessments.instrument), and
such a programme by its identifier, url, name or id (programme.key).`;

const dataHelp = `
What was submitted, and what a target was told, is kept in --data DIR (COURSEBRIDGE_DATA, ./data where nothing is said):
it holds patient data, and is made for its owner alone. Every command works on it while serve or another one does. Ids
that are shown are ours; a course may also be named by its own 'system|id', as --course 'https://clinic.example|C-17'.`;

const checkHelp = `
--check, or COURSEBRIDGE_CHECK, says how what is to be written is checked first: base by FHIR R4 and HL7's vital signs,
ours (the default) by our profile of each resource too, off not at all. An error of one resource, and nothing of its
course is sent: the delivery is refused at once, with the place in the course and the element of the resource.`;

const help = (...parts: readonly string[]): string => [...parts, exitCodeHelp].join('\n');

/** What `--help` says below the options of each command. */
export const helpTexts = {
  map: help(
    inputHelp,
    `
A course becomes one Bundle on one line: a transaction that writes it. --patients create puts a Patient in front, made
unless the server has one; logical (the default) leaves a reference by identifier.

--claim says what stands in meta.profile: hl7 is R4's own profile on each vital sign that has a date, ours one profile of
our guide on every resource. What is written conforms to both either way; off (the default) claims nothing, since some
servers refuse claims. No reader looks at them.
${profilesHelp}

Example: coursebridge map course.json > bundle.ndjson`,
  ),
  unmap: help(
    inputHelp,
    `
A Bundle of any type gives its courses; single resources, one a line, form one set. Each course found is one line.
Resources of no course, and elements that no course says, are listed on stderr and, as one OperationOutcome a line for
each Bundle or set, in --issues FILE; "resources[16]" there is the 17th single resource of the input.
${profilesHelp}

Example: coursebridge unmap bundle.ndjson --issues issues.ndjson > courses.ndjson`,
  ),
  validate: help(
    inputHelp,
    `
Prints one OperationOutcome a line for each thing that is read, in the order of the input: every fault at once, each with
its path in the course or, as FHIRPath, in the resource. What has a resourceType is a FHIR resource (a Bundle is one, with
all that is in it), everything else a course. One value has at most 128 MiB, and is nested at most 1000 deep.

A resource is judged by FHIR R4, HL7's vital signs, the profiles that it claims in meta.profile and those of --profile, a
QuestionnaireResponse by its Questionnaire. Profiles, extensions, codes and Questionnaires are R4's, ours, those of
--profiles and those of each --package, which come first. What cannot be looked up here is said as a warning. A file that
is no package, or a --profile that nothing knows, is wrong usage.
${profilesHelp}

Example: coursebridge validate bundle.json --package guide.tgz --profile https://guide.example/StructureDefinition/own`,
  ),
  push: help(
    inputHelp,
    `
Each course is kept first, and then delivered; what is there already is not sent twice, so that pushing again is safe.
Prints a line for each as its delivery ends: its state, and what the target holds, resource by resource. Without FILE it
delivers what still waits for the target. Where the target cannot be used what waits is kept, and it ends with 3; a
course that would take back much of what was delivered is held for a person (release, reject).

--partial takes parts of courses: what a part names is replaced, what it leaves out stays as it is. A patient whom the
target does not know is refused; --patients create makes one. --verify reads every course back and compares it by value.
${checkHelp}
${dataHelp}
${signInHelp}
${profilesHelp}

Example: coursebridge push course.json --to https://fhir.example.org/r4 --token-file token.txt --verify`,
  ),
  verify: help(
    `
Compares every course of the data folder (or each --course) with what the FHIR server holds, resource by resource, found
by its identifier: what is missing, what somebody changed (the elements, never their values), what is there beside it
(extra, and what was taken back and is in force again), and two under one identifier. Nothing but the list of what was
taken back, or cannot be held, is believed of our own receipts. Numbers are compared by value; other digits are a note.

A course is compared as it was delivered: a version that still waits is said, and is no difference. --repair delivers
again what differs, as replay --repair does. Ends with 0 where all is there, and with 4 where anything differs or was
refused for good. --json gives { course, target, state, newest, resources, differences, notes, notSought }; a difference
is { kind, type, at (the course path), places (Type/id there), elements }.
${dataHelp}
${signInHelp}
${profilesHelp}

Example: coursebridge verify --to https://fhir.example.org/r4 --json > verified.ndjson`,
  ),
  deliveries: help(
    `
Lists what is still to be delivered or waits for a person, the oldest first, and then the submissions that are held;
below each, why. --state asks for one state or several: waiting, in-flight, delivered, in-part, refused, unresolved
(nobody can tell whether it arrived), given-up, superseded, held, or all.
${dataHelp}

Example: coursebridge deliveries --state refused --state given-up`,
  ),
  replay: help(
    `
Puts deliveries back to the start, to be delivered at once, and prints their ids. --failed: all that wait for a person.
--mapping: what another release wrote, or what was written under another COURSEBRIDGE_CLAIM, and is left as it is
otherwise. What arrived before is looked at on the target
itself, resource by resource; --repair does so with the others too. A running serve delivers it, or push without FILE.
${dataHelp}

Example: coursebridge replay --failed && coursebridge push --to https://fhir.example.org/r4`,
  ),
  release: help(
    `
A submission is held where it would take back more of what was delivered than may be taken back unasked, or where
nothing tells which of two is newer. Released, it is in force, and delivered. \`deliveries\` lists what is held.
${dataHelp}
${profilesHelp}

Example: coursebridge release 6f1f3c0e-0f0b-4a44-9c5c-3d1f6f0a7b11`,
  ),
  reject: help(
    `
Sets held submissions aside for good: what is in force stays so.
${dataHelp}
${profilesHelp}

Example: coursebridge reject 6f1f3c0e-0f0b-4a44-9c5c-3d1f6f0a7b11`,
  ),
  withdraw: help(
    `
Takes back one course: every resource of it becomes entered in error on the target, or is deleted there (--retractions of
push and serve). Whatever is submitted of it later is held.
${dataHelp}
${profilesHelp}

Example: coursebridge withdraw course 'https://hospital.example/courses|C-17' --reason 'entered for another patient'`,
  ),
  history: help(
    `
Lists what was submitted of a course, the oldest first, and whether it is in force, superseded, held or pending.
${dataHelp}

Example: coursebridge history 'https://hospital.example/courses|C-17'`,
  ),
  audit: help(
    `
Lists who submitted, replayed, released, rejected and withdrew what, by our ids, the oldest first. Nothing is ever taken
off this list.
${dataHelp}

Example: coursebridge audit --json`,
  ),
  pull: help(
    `
Prints a course a line. --course and --patient may be given several times; 'system|id' is split at the first bar.
--compare FILE names on stderr every path where a pulled course differs, by value, from the one in FILE.
${signInHelp}
${profilesHelp}

Example: coursebridge pull --from https://fhir.example.org/r4 --course 'https://hospital.example/courses|C-17'`,
  ),
  synthesize: help(`
Prints courses that no one had, one a line; the same seed gives the same bytes. small courses become at most 45
resources, full ones about 300.

--coverage makes 100 courses of each programme (or --courses), and prints in place of them each leaf (sessions.at) and
keyword (status: planned) of the course format that none of them uses, and how many of how many; it ends with 1 where
there are any.

Example: coursebridge synthesize norway --courses 3 --seed 7 | coursebridge validate -`),
  schema: help(`
Prints the JSON Schema (2020-12) of the course format; with --partial of a partial submission, which PATCH takes.

Example: coursebridge schema > treatment-course.schema.json`),
  fields: help(`
Below each resource (its FHIR type, and the code or Questionnaire of ours that tells it from others) stand the fields of
the course format that it holds, and the element of each as FHIRPath. A field of a list is named without an index. A
field whose object has one place (a quantity, a code, a person) is not taken apart. --json gives a list of
{ field, resource, element }.

Example: coursebridge fields | grep sessions.administrations`),
  instruments: help(`
An instrument is a key (or a canonical url) that the course format takes in assessments.instrument. wording tells whether
its own wording is contained (yes, no, or - where its Questionnaire does not say): where it is not, items have codes and
short names of ours. Below it stand its scores: the range that its items give, or "as stated" where the items are not
known, and the bands, both ends included. --json gives a list of
{ key, url, version, title, items, wording, scores: [{ key, linkId, range, bands }] }.
${profilesHelp}

Example: coursebridge instruments`),
  serve: help(`
Takes courses over HTTP and delivers them to the FHIR R4 server in FHIR_BASE_URL (with FHIR_TOKEN_FILE, or FHIR_USER and
FHIR_PASSWORD_FILE). HOST and PORT stand for --host and --port. There are no log-ins yet, so it listens on this machine
alone, unless COURSEBRIDGE_ALLOW_UNAUTHENTICATED=yes-on-a-trusted-network says that everyone who reaches the port may
write. /openapi.json describes it. SIGTERM or SIGINT ends it.
${checkHelp}
${dataHelp}
${profilesHelp}

Example: FHIR_BASE_URL=https://fhir.example.org/r4 coursebridge serve --port 8080`),
} as const;
