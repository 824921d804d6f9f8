"""Who says each sentence: quotations, cues, frames, speakers, voices."""
