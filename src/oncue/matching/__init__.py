"""Which flows does this event start, and why not the others?"""
