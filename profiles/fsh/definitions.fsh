// What our Questionnaires and PlanDefinitions say that R4 has no element for.

Extension: WordingContained
Id: wording-contained
Title: "Wording contained"
Description: "Whether a Questionnaire holds the instrument's own wording, or its structure alone."
Context: Questionnaire
* insert Says(boolean)

Extension: ScoreItems
Id: score-items
Title: "Items of a score"
Description: "The linkId of an item, a group or a subscore that this score is the sum of."
Context: Questionnaire.item
* insert Says(string)

Extension: ScoreKey
Id: score-key
Title: "Key of a score"
Description: "What courses call this score: total, or the name of a subscore."
Context: Questionnaire.item
* insert Says(string)

Extension: ScoreBand
Id: score-band
Title: "Band of a score"
Description: "A range of this score that has a name. Both limits belong to it."
Context: Questionnaire.item
* insert Published
* extension contains min 1..1 and max 1..1 and band 1..1
* insert Part(min, decimal)
* insert Part(max, decimal)
* insert PartOf(band, severity-band)

Extension: SafetyItem
Id: safety-item
Title: "Safety item"
Description: "From which weight on the answer is worth the attention of a person."
Context: Questionnaire.item
* insert Says(integer)

Extension: MonitoringMoment
Id: monitoring-moment
Title: "Moment of monitoring"
Description: "When in a session a programme asks for a measurement."
Context: PlanDefinition.action
* insert SaysCodeOf(monitoring-moment)

Extension: GoalInstrument
Id: instrument
Title: "Instrument of a goal"
Description: "The Questionnaire whose score a goal of a programme is about."
Context: PlanDefinition.goal.target
* insert Says(canonical)
