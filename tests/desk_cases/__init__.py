"""What the tests of the desk share."""
