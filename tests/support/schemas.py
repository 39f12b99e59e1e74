# SPDX-License-Identifier: GPL-3.0-or-later
"""JSON Schemas made quick to judge by."""


def inlined(node, root, around=()):
    """The schema with what its references name in their places: the validator looks each reference up anew, every time.
    One that names what it stands in stays as it is."""
    if isinstance(node, list):
        return [inlined(item, root, around) for item in node]
    if not isinstance(node, dict):
        return node
    reference = node.get('$ref')
    rest = {key: inlined(value, root, around) for key, value in node.items() if key not in ('$ref', '$defs', 'components')}
    if not isinstance(reference, str):
        return rest
    if reference in around:
        return {'$ref': reference, **rest}
    target = root
    for part in reference.lstrip('#/').split('/'):
        target = target[part]
    target = inlined(target, root, around + (reference,))
    return {'allOf': [target], **rest} if rest else target
