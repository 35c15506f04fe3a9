import type { AnswerCase } from './case.ts';
import { enablingCases } from './cases-enabling.ts';
import { itemCases } from './cases-items.ts';
import { requiredCases } from './cases-required.ts';
import { valueCases } from './cases-values.ts';

export const answerCases: readonly AnswerCase[] = [...itemCases, ...requiredCases, ...enablingCases, ...valueCases];
