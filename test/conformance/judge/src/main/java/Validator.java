import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.context.support.IValidationSupport.IssueSeverity;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ValidationOptions;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.SnapshotGeneratingValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.UnknownCodeSystemWarningValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.r5.utils.validation.constants.BestPracticeWarningLevel;
import org.hl7.fhir.r5.utils.validation.constants.ReferenceValidationPolicy;
import org.hl7.fhir.validation.instance.advisor.BasePolicyAdvisorForFullValidation;

/**
 * HL7's validator as HAPI drives it, with four corrections; without each of them a verdict is
 * silently wrong:
 *
 * <ol>
 *   <li>HAPI's default policy advisor applies no implied profiles and ignores references (a heart
 *       rate without its category passes): the advisor for full validation does both.
 *   <li>That advisor needs somebody who resolves references: {@link ReferenceStubs}.
 *   <li>Questionnaires have to be served to judge their responses: {@link Definitions}.
 *   <li>One coding in the bound value set is enough: {@link AnyCodingWorkerContext}.
 * </ol>
 *
 * The empty oidregistry.csv among the resources makes it 4 to 6 times faster with the same verdicts:
 * the validator reads the whole list of the library for every resource otherwise.
 */
class Validator implements Engine {
  private final FhirContext context = FhirContext.forR4Cached();
  private final FhirValidator validator;
  private final List<String> profiles;

  Validator(Definitions own, BestPracticeWarningLevel bestPractice, List<String> profiles) {
    this.profiles = profiles;
    ValidationSupportChain chain = chain(own);
    FhirInstanceValidator module = new FhirInstanceValidator(chain);
    module.setWrappedWorkerContext(chain, new AnyCodingWorkerContext(chain));
    module.setBestPracticeWarningLevel(bestPractice);
    module.setAnyExtensionsAllowed(true);
    module.setErrorForUnknownProfiles(true);
    module.setValidatorResourceFetcher(new ReferenceStubs());
    module.setValidatorPolicyAdvisor(
        new BasePolicyAdvisorForFullValidation(
            ReferenceValidationPolicy.CHECK_TYPE_IF_EXISTS, Set.of()));
    validator = context.newValidator();
    validator.registerValidatorModule(module);
    validator.setValidateAgainstStandardSchema(false);
    validator.setValidateAgainstStandardSchematron(false);
  }

  @Override
  public Verdict judge(String name, String text) {
    ValidationOptions options = new ValidationOptions();
    profiles.forEach(options::addProfile);
    try {
      return Verdict.of(name, validator.validateWithResult(text, options).getMessages());
    } catch (Exception | StackOverflowError e) {
      return Verdict.thrown(name, e);
    }
  }

  private ValidationSupportChain chain(Definitions own) {
    InMemoryTerminologyServerValidationSupport terminology =
        new InMemoryTerminologyServerValidationSupport(context);
    terminology.setIssueSeverityForCodeDisplayMismatch(IssueSeverity.WARNING);
    // LOINC, SNOMED CT and the like are not here: an unknown code system is a warning, not an error.
    UnknownCodeSystemWarningValidationSupport unknown =
        new UnknownCodeSystemWarningValidationSupport(context);
    unknown.setNonExistentCodeSystemSeverity(IssueSeverity.WARNING);
    return new ValidationSupportChain(
        new DefaultProfileValidationSupport(context),
        own,
        new CommonCodeSystemsTerminologyService(context),
        terminology,
        new SnapshotGeneratingValidationSupport(context),
        unknown);
  }
}
