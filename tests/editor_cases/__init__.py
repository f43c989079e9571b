"""What the tests of the editor share."""
