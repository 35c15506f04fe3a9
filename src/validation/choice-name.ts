/** How JSON names a choice of a type: of `value` and `Quantity` `valueQuantity`. */
export const choiceName = (choice: string, type: string): string =>
  choice + type.charAt(0).toUpperCase() + type.slice(1);
