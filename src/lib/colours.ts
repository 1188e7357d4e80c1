/** Red, green and blue in [0, 1] over ImageNet's training images: networks for images read (colour − mean) / std. */
export const mean = [0.485, 0.456, 0.406] as const;
export const std = [0.229, 0.224, 0.225] as const;
