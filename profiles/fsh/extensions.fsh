// What R4 and its core extensions have no element for.

RuleSet: Says(type)
* insert Published
* value[x] only {type}
* value[x] 1..1

RuleSet: SaysIn(unit)
* insert Says(Quantity)
* valueQuantity = '{unit}'
* valueQuantity.value 1..1

RuleSet: SaysCodeOf(set)
* insert Says(Coding)
* valueCoding from https://w3id.org/coursebridge/ValueSet/{set} (required)

// A part of an extension that has several.
RuleSet: Part(name, type)
* extension[{name}].value[x] only {type}
* extension[{name}].value[x] 1..1

RuleSet: PartOf(name, set)
* insert Part({name}, Coding)
* extension[{name}].valueCoding from https://w3id.org/coursebridge/ValueSet/{set} (required)

Extension: Corrected
Id: corrected
Title: "Corrected"
Description: "The clinic said that this part of the course was corrected: when, and why."
Context: Observation, MedicationAdministration, QuestionnaireResponse
* insert Published
* extension contains at 1..1 and reason 0..1
* insert Part(at, dateTime)
* insert Part(reason, string)

Extension: Retracted
Id: retracted
Title: "Retracted"
Description: "This part of the course was taken back: when (or that nobody said when), and why. The resource stays, in error."
Context: Observation, MedicationAdministration, QuestionnaireResponse
* insert Published
* extension contains at 1..1 and reason 0..1
* insert Part(at, dateTime)
* insert Part(reason, string)

Extension: StatedStatus
Id: stated-status
Title: "Stated status"
Description: "The status of a dose or of an assessment in the clinic's own words, whatever the resource's status had to become."
Context: MedicationAdministration, QuestionnaireResponse
* insert SaysCodeOf(stated-status)

Extension: AdministrationKind
Id: administration-kind
Title: "Kind of administration"
Description: "Whether a dose is the first of its session, a supplement or a rescue."
Context: MedicationAdministration
* insert SaysCodeOf(administration-kind)

Extension: DosePerWeight
Id: dose-per-weight
Title: "Dose per body weight"
Description: "The dose that was given, per kilogram of body weight, as the clinic stated it."
Context: MedicationAdministration
* insert SaysIn(mg/kg)

Extension: Concentration
Id: concentration
Title: "Concentration"
Description: "The concentration of what was given."
Context: MedicationAdministration
* insert SaysIn(mg/mL)

Extension: Volume
Id: volume
Title: "Volume"
Description: "The volume that was given."
Context: MedicationAdministration
* insert SaysIn(mL)

Extension: Waste
Id: waste
Title: "Waste"
Description: "What was drawn and thrown away, and who witnessed it."
Context: MedicationAdministration
* insert Published
* extension contains amount 1..1 and witness 0..1
* insert Part(amount, Quantity)
* extension[amount].valueQuantity from https://w3id.org/coursebridge/ValueSet/waste-unit (required)
* insert Part(witness, Reference)

Extension: SelfTaken
Id: self-taken
Title: "Taken by the patient"
Description: "Whether the patient took the dose without anybody else."
Context: MedicationAdministration
* insert Says(boolean)

Extension: WeightBasis
Id: weight-basis
Title: "Basis of a weight"
Description: "Whether a body weight was measured or stated."
Context: Observation
* insert SaysCodeOf(weight-basis)

Extension: TimeOfSession
Id: time-of-session
Title: "Time of the session"
Description: "This is the day of the session: nobody said when the measurement itself was made."
Context: dateTime
* insert Says(boolean)
* valueBoolean = true

Extension: UnorderedEnd
Id: unordered-end
Title: "End that cannot be compared"
Description: "The end of a period whose precision is not that of its start, so that nobody can say which is earlier."
Context: Period
* insert Says(dateTime)

Extension: SessionLabel
Id: session-label
Title: "Label of a session"
Description: "What the programme says of a session: its number in the course and in its phase, and where it departs from the plan. Computed."
Context: Observation.hasMember
* insert Published
* extension contains ordinal 1..1 and phase 0..1 and phaseOrdinal 0..1 and deviation 0..*
* insert Part(ordinal, positiveInt)
* insert PartOf(phase, phase)
* insert Part(phaseOrdinal, positiveInt)
* insert PartOf(deviation, deviation)

Extension: AssessmentLabel
Id: assessment-label
Title: "Label of an assessment"
Description: "What the programme says of an assessment, named by the identifier of its answers: the time point that it counts for. Computed."
Context: Observation
* insert Published
* extension contains assessment 1..1 and timepoint 1..1 and n 0..1
* insert Part(assessment, Identifier)
* insert PartOf(timepoint, timepoint)
* insert Part(n, integer)

Extension: Timepoint
Id: timepoint
Title: "Time point"
Description: "When in the course something was meant to be asked."
Context: QuestionnaireResponse, PlanDefinition.action
* insert Published
* extension contains kind 1..1 and n 0..1 and session 0..1
* insert PartOf(kind, timepoint)
* insert Part(n, integer)
* extension[session].value[x] only Reference(SessionRecord)
* extension[session].value[x] 1..1

Extension: Rater
Id: rater
Title: "Rater"
Description: "Who rated: the patient or a clinician."
Context: QuestionnaireResponse
* insert SaysCodeOf(rater)

Extension: Mode
Id: mode
Title: "Mode"
Description: "How the answers were taken."
Context: QuestionnaireResponse
* insert SaysCodeOf(assessment-mode)

Extension: Language
Id: language
Title: "Language of the form"
Description: "The language in which the questions were asked, as a BCP 47 tag."
Context: QuestionnaireResponse
* insert Says(string)

Extension: InstrumentVersion
Id: instrument-version
Title: "Version of the instrument"
Description: "The version of the instrument as the clinic stated it."
Context: QuestionnaireResponse
* insert Says(string)

Extension: StatedInstrument
Id: stated-instrument
Title: "Stated instrument"
Description: "The canonical by which the clinic named the instrument, where it did not use our key of it."
Context: QuestionnaireResponse
* insert Says(uri)

Extension: EvaluationRole
Id: evaluation-role
Title: "Role in an evaluation"
Description: "Whether a score is the baseline or the current one of what is derived from it."
Context: Observation.derivedFrom
* insert Says(code)
* valueCode from https://w3id.org/coursebridge/ValueSet/evaluation-role (required)
