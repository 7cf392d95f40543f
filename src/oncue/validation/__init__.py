"""What pydantic does for oncue: say everything that is wrong with values that are not as they should be."""
