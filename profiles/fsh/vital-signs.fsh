// Vital signs as R4's own profiles have them, each with our code beside LOINC's.

RuleSet: VitalSign(code)
* insert Finding(vital-signs)
* insert AlsoCalled({code})
* insert AtAVisit
* insert WithoutMembers
* insert Underived
* effective[x].extension contains TimeOfSession named ofSession 0..1

RuleSet: SingleVitalSign(code)
* insert VitalSign({code})
* value[x] 1..1
* dataAbsentReason 0..0
* component 0..0

Profile: BloodPressure
Parent: http://hl7.org/fhir/StructureDefinition/bp
Id: blood-pressure
Title: "Blood pressure"
Description: "A blood pressure with its two halves, of which one may be unknown, and the mean where it was measured."
* insert VitalSign(bloodPressure)
* dataAbsentReason 0..0
* component ..3
* obeys cb-pressure and cb-mean

Profile: HeartRate
Parent: http://hl7.org/fhir/StructureDefinition/heartrate
Id: heart-rate
Title: "Heart rate"
Description: "Heart beats per minute."
* insert SingleVitalSign(heartRate)

Profile: RespiratoryRate
Parent: http://hl7.org/fhir/StructureDefinition/resprate
Id: respiratory-rate
Title: "Respiratory rate"
Description: "Breaths per minute."
* insert SingleVitalSign(respiratoryRate)

Profile: OxygenSaturation
Parent: http://hl7.org/fhir/StructureDefinition/oxygensat
Id: oxygen-saturation
Title: "Oxygen saturation"
Description: "Oxygen saturation by pulse oximetry, in per cent."
* insert SingleVitalSign(oxygenSaturation)
* code.coding contains pulse 1..1
* code.coding[pulse].system 1..1
* code.coding[pulse].system = "http://loinc.org"
* code.coding[pulse].code 1..1
* code.coding[pulse].code = #59408-5

Profile: BodyTemperature
Parent: http://hl7.org/fhir/StructureDefinition/bodytemp
Id: body-temperature
Title: "Body temperature"
Description: "Body temperature in degrees Celsius or Fahrenheit."
* insert SingleVitalSign(temperature)

Profile: BodyWeight
Parent: http://hl7.org/fhir/StructureDefinition/bodyweight
Id: body-weight
Title: "Body weight"
Description: "The weight that the doses of a session are reckoned from, measured or stated."
* insert SingleVitalSign(weight)
* extension contains WeightBasis named basis 0..1

Profile: UndatedVitalSign
Parent: Observation
Id: undated-vital-sign
Title: "Undated vital sign"
Description: "A vital sign of which not even the day is known. R4's profiles of vital signs ask for one, so that this has our code alone."
* insert Finding(vital-signs)
* insert AtAVisit
* insert WithoutMembers
* insert Underived
* obeys cb-undated and cb-measured
* code from https://w3id.org/coursebridge/ValueSet/observation (required)
* code obeys cb-own
* code.coding 1..1
* effective[x] only dateTime
* dataAbsentReason 0..0
* value[x] only Quantity
* valueQuantity.value 1..1
* valueQuantity.system = "http://unitsofmeasure.org"
* valueQuantity.code 1..1
* extension contains WeightBasis named basis 0..1
* insert Facts
* insert Pressure(systolic)
* insert Pressure(diastolic)
* insert Pressure(meanArterial)
* component[systolic] obeys cb-known
* component[systolic].dataAbsentReason from https://w3id.org/coursebridge/ValueSet/absent-reason (required)
* component[diastolic] obeys cb-known
* component[diastolic].dataAbsentReason from https://w3id.org/coursebridge/ValueSet/absent-reason (required)
* component[meanArterial].value[x] 1..1

RuleSet: Pressure(name)
* component contains {name} 0..1
* component[{name}].code = $observation#{name}
* component[{name}].value[x] only Quantity
* component[{name}].valueQuantity = 'mm[Hg]'
* component[{name}].valueQuantity.value 1..1
