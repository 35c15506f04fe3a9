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

const help = (...parts: readonly string[]): string => [...parts, exitCodeHelp].join('\n');

/** What `--help` says below the options of each command. */
export const helpTexts = {
  map: help(
    inputHelp,
    `
A course becomes one Bundle on one line: a transaction that writes it. --patients create puts a Patient in front, made
unless the server has one; logical (the default) leaves a reference by identifier.
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
Prints one OperationOutcome a line, in the order of the input: every fault of a course at once, each with its path.
${profilesHelp}

Example: coursebridge validate courses.ndjson`,
  ),
  push: help(
    inputHelp,
    `
Prints a receipt a line: what became of each resource. Only what is new or changed is sent. A patient whom the target
does not know is refused; --patients create makes one. --verify reads every course back and compares it by value.
${signInHelp}
${profilesHelp}

Example: coursebridge push course.json --to https://fhir.example.org/r4 --token-file token.txt --verify`,
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
Prints the JSON Schema (2020-12) of the course format.

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
${profilesHelp}

Example: FHIR_BASE_URL=https://fhir.example.org/r4 coursebridge serve --port 8080`),
} as const;
