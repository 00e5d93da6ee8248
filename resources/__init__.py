"""What the program ships beside its code: set-up, fonts, icons, translations, samples, help."""
