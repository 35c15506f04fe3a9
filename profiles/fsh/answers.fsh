// Answers to Questionnaires, and the scores that they give.

RuleSet: Answers
* insert OfACourse
* insert CourseAsExtension
* obeys cb-answers and cb-version
* questionnaire 1..1
* basedOn 0..0
* extension contains Timepoint named timepoint 0..1

Profile: AssessmentResponse
Parent: QuestionnaireResponse
Id: assessment-response
Title: "Answers to an instrument"
Description: "The answers to one rating scale at one time, item by item. Its scores are Observations that are derived from it."
* insert Answers
* partOf 1..1
* partOf only Reference(CourseSummary)
* extension contains
    StatedStatus named status 0..1 and
    InstrumentVersion named instrumentVersion 0..1 and
    StatedInstrument named statedInstrument 0..1 and
    Rater named rater 0..1 and
    Mode named mode 0..1 and
    Language named language 0..1
* extension[status].valueCoding from https://w3id.org/coursebridge/ValueSet/assessment-status (required)

Profile: FormResponse
Parent: QuestionnaireResponse
Id: form-response
Title: "Answers to a form"
Description: "What is neither dose, measurement nor rating scale: the course record, eligibility, a session of psychotherapy, suicide risk, an interview, a follow-up."
* insert Answers
* obeys cb-form
* partOf 1..2
* partOf only Reference(Observation)

Profile: Score
Parent: Observation
Id: score
Title: "Score"
Description: "A total or a subscore of an assessment, computed from the answers or as the clinic stated it, with the band that it lies in."
* insert Finding(survey)
* insert AtNoVisit
* insert WithoutMembers
* obeys cb-known and cb-basis and cb-subscore
* code.coding ^slicing.discriminator.type = #value
* code.coding ^slicing.discriminator.path = "system"
* code.coding ^slicing.rules = #open
* code.coding contains own 1..1
* code.coding[own] from https://w3id.org/coursebridge/ValueSet/score-code (required)
* code.coding[own].system 1..1
* code.coding[own].system = "https://w3id.org/coursebridge/CodeSystem/observation"
* effective[x] only dateTime
* value[x] only Quantity
* valueQuantity = '{score}'
* valueQuantity.value 1..1
* dataAbsentReason from https://w3id.org/coursebridge/ValueSet/absent-reason (required)
* derivedFrom 1..1
* derivedFrom only Reference(AssessmentResponse)
* insert Facts
* insert FactFrom(basis, score-basis, 0..1, Whether the score was computed or stated)
* insert FactPreferably(band, severity-band, 0..1, The band that the score lies in)
* insert FactIn(stated-total, {score}, 0..1, The total as the clinic stated it)
* insert FactOf(subscore, string, 0..1, The key of the subscore)
* insert FactIn(stated-subscore, {score}, 0..1, The subscore as the clinic stated it)
* insert FactOf(stated-order, integer, 0..1, Its place in the clinic's own order)
