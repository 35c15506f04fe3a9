Invariant: cb-whom
Description: "The patient is named by a reference, by an identifier, or by both."
Severity: #error
Expression: "reference.exists() or identifier.exists()"

Invariant: cb-status
Description: "An Observation is final, corrected or in error, or, while its course runs, preliminary."
Severity: #error
Expression: "status = 'final' or status = 'corrected' or status = 'entered-in-error' or status = 'preliminary'"

Invariant: cb-known
Description: "What is not known says so."
Severity: #error
Expression: "value.exists() or dataAbsentReason.exists()"

Invariant: cb-words
Description: "A concept has a code, or the clinic's own words."
Severity: #error
Expression: "coding.exists() or text.exists()"

Invariant: cb-roles
Description: "Of two scores one is the baseline and the other the current one."
Severity: #error
Expression: "derivedFrom.extension.where(url = 'https://w3id.org/coursebridge/StructureDefinition/evaluation-role').value.isDistinct()"

Invariant: cb-basis
Description: "A value says whether it was computed or stated, and nothing else says so."
Severity: #error
Expression: "value.exists() = component.where(code.coding.where(system = 'https://w3id.org/coursebridge/CodeSystem/course-fact' and code = 'basis').exists()).exists()"

Invariant: cb-subscore
Description: "A subscore names its key; a total has none."
Severity: #error
Expression: "code.coding.where(system = 'https://w3id.org/coursebridge/CodeSystem/observation' and code = 'subscore').exists() = component.where(code.coding.where(system = 'https://w3id.org/coursebridge/CodeSystem/course-fact' and code = 'subscore').exists()).exists()"

Invariant: cb-pressure
Description: "Each component has one code of ours, and no two have the same."
Severity: #error
Expression: "component.all(code.coding.where(system = 'https://w3id.org/coursebridge/CodeSystem/observation').count() = 1) and component.code.coding.where(system = 'https://w3id.org/coursebridge/CodeSystem/observation').code.isDistinct()"

Invariant: cb-mean
Description: "The mean pressure is in millimetres of mercury."
Severity: #error
Expression: "component.where(code.coding.where(code = 'meanArterial').exists()).all(value.ofType(Quantity).where(system = 'http://unitsofmeasure.org' and code = 'mm[Hg]').exists())"

Invariant: cb-undated
Description: "A vital sign with a day conforms to the profile of that vital sign."
Severity: #error
Expression: "effective.empty() or effective.toString().length() < 10"

Invariant: cb-own
Description: "Only codes of ours: the standard ones ask for a day."
Severity: #error
Expression: "coding.all(system = 'https://w3id.org/coursebridge/CodeSystem/observation')"

Invariant: cb-measured
Description: "A single value, or the components of a blood pressure."
Severity: #error
Expression: "value.exists() != component.exists()"

Invariant: cb-dose-status
Description: "A dose was given, stopped, not given, or is in error."
Severity: #error
Expression: "status = 'completed' or status = 'stopped' or status = 'not-done' or status = 'entered-in-error'"

Invariant: cb-dose
Description: "A dose is in milligrams of the base, or says why it is absent."
Severity: #error
Expression: "(value.exists() and system = 'http://unitsofmeasure.org' and code = 'mg') or extension.where(url = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason').exists()"

Invariant: cb-not-done
Description: "What was not given has no amount and no rate."
Severity: #error
Expression: "status != 'not-done' or (dosage.dose.value.empty() and dosage.rate.empty())"

Invariant: cb-supplement
Description: "Given on top of the first dose, as planned or as a rescue."
Severity: #error
Expression: "code = 'supplement' or code = 'rescue'"

Invariant: cb-answers
Description: "Answers are completed, stopped, amended or in error."
Severity: #error
Expression: "status = 'completed' or status = 'stopped' or status = 'amended' or status = 'entered-in-error'"

Invariant: cb-version
Description: "The Questionnaire is named with its version: its content never changes under one."
Severity: #error
Expression: "questionnaire.contains('|')"

Invariant: cb-form
Description: "The Questionnaire is a form of ours."
Severity: #error
Expression: "questionnaire.matches('^https://w3id.org/coursebridge/Questionnaire/(course-record|eligibility|psychotherapy-session|suicide-risk|interview|follow-up)[|].+')"
