"""What the tests of the page share."""

import pytest

pytest.register_assert_rewrite("page_cases.steps", "page_cases.watched")
