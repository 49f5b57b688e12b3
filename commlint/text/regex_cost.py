def refusal(node):
    return None
