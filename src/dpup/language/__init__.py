"""What could be said better, as warnings: te reo Māori, plain words, sentences, people."""
