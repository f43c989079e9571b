"""Who is in the story and how they are tied: a network in, the cast that a drawing opens with out.

Actors come by the number of statements by or about them; what joins them (events, agreements, orders, laws, facilities,
payments) comes with them when two or more of them take part in it or speak of it. What says where somebody belongs is
no node: a state or a body is a frame round its people, a post is the second line of whoever holds it, a word or a
figure stands with what it describes. Nothing here turns a statement into a fact: every tie keeps its propositions,
and ties of another standing are never merged.
"""

from .choice import choose_cast
from .model import Cast, Frame, Member, Tie
from .story import PAYMENT

__all__ = ["PAYMENT", "Cast", "Frame", "Member", "Tie", "choose_cast"]
