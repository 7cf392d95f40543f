"""What would happen in this conversation?"""
