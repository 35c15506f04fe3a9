// Systems by the names that the other files use.
Alias: $observation = https://w3id.org/coursebridge/CodeSystem/observation
Alias: $fact = https://w3id.org/coursebridge/CodeSystem/course-fact
Alias: $ValueSet = https://w3id.org/coursebridge/ValueSet
Alias: $category = http://terminology.hl7.org/CodeSystem/observation-category
Alias: $given = http://terminology.hl7.org/CodeSystem/medication-admin-category
Alias: $loinc = http://loinc.org
Alias: $ucum = http://unitsofmeasure.org
Alias: $episode = http://hl7.org/fhir/StructureDefinition/workflow-episodeOfCare
Alias: $absent = http://hl7.org/fhir/StructureDefinition/data-absent-reason
