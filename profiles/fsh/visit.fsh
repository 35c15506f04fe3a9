// What was seen and measured at a visit.

Profile: Reading
Parent: Observation
Id: reading
Title: "Reading"
Description: "One moment of measuring: when, in which position, with which device. Its members are the vital signs, whose own profiles have no room for that."
* insert Finding(exam)
* insert Called(reading)
* insert AtAVisit
* insert Group
* insert Underived
* effective[x] only dateTime
* hasMember only Reference(Observation)
* insert Facts
* insert FactIn(stated-minutes, min, 0..1, Minutes after the first dose as stated)
* insert FactFrom(moment, reading-moment, 0..1, The moment of the session)
* insert FactFrom(position, position, 0..1, Position of the patient)
* insert FactOf(device, string, 0..1, The device)

Profile: Sedation
Parent: Observation
Id: sedation
Title: "Sedation"
Description: "How awake a patient was at a moment of a session: the score of a scale."
* insert Finding(exam)
* insert Called(sedation)
* insert AtAVisit
* insert WithoutMembers
* insert Underived
* insert ScoreOfAScale
* insert Facts
* insert FactFrom(scale, sedation-scale, 1..1, The scale)

Profile: Dissociation
Parent: Observation
Id: dissociation
Title: "Dissociation"
Description: "How far a patient felt away during a session: the score of a scale, as the observer noted it."
* insert Finding(exam)
* insert Called(dissociation)
* insert AtAVisit
* insert WithoutMembers
* insert Underived
* insert ScoreOfAScale
* insert Facts
* insert FactFrom(scale, dissociation-scale, 1..1, The scale)
* insert FactIn(stated-minutes, min, 0..1, Minutes after the first dose as stated)

RuleSet: ScoreOfAScale
* effective[x] only dateTime
* dataAbsentReason 0..0
* value[x] 1..1
* value[x] only Quantity
* valueQuantity = '{score}'
* valueQuantity.value 1..1

Profile: SideEffect
Parent: Observation
Id: side-effect
Title: "Side effect"
Description: "A side effect of a session: what was found, how severe it was, what was done, and from when to when."
* insert Finding(exam)
* insert Called(side-effect)
* insert AtAVisit
* insert WithoutMembers
* insert Underived
* insert Effect
* effective[x] only Period
* insert Facts
* insert FactFrom(severity, effect-severity, 0..1, How severe it was)
* insert FactOf(intervention, string, 0..1, What was done)

Profile: AdverseEvent
Parent: Observation
Id: adverse-event
Title: "Adverse event"
Description: "An adverse event of a course: what it was, how serious, whether the treatment caused it, and how it ended. It is a member of its session, or, where it belongs to none, of the course summary."
* insert Finding(exam)
* insert Called(adverse-event)
* insert AtAVisit
* insert WithoutMembers
* insert Underived
* insert Effect
* effective[x] only dateTime
* note 0..1
* insert Facts
* insert FactOf(serious, boolean, 0..1, Whether it was serious)
* insert FactOf(grade, integer, 0..1, Grade from 1 to 5)
* component[grade].valueInteger ^minValueInteger = 1
* component[grade].valueInteger ^maxValueInteger = 5
* insert FactFrom(causality, causality, 0..1, Whether the treatment caused it)
* insert FactOf(action, string, 0..1, What was done)
* insert FactFrom(event-outcome, event-outcome, 0..1, How it ended)

// One of our list, or another code.
RuleSet: Effect
* dataAbsentReason 0..0
* value[x] 1..1
* value[x] only CodeableConcept
* valueCodeableConcept from https://w3id.org/coursebridge/ValueSet/adverse-effect (preferred)
* valueCodeableConcept.coding 1..*
