#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""People save, upload and act without a pause while the server is killed again and again. Each keeps the ledger of what they
were answered; after each kill they ask again for the one thing whose answer was lost, under the same key, and find it done
once or not at all. Nothing that was acknowledged is missing, nothing is there twice (R05, R06, P4)."""
import http.client
import os
import random
import threading
import time
import uuid

from actors import CLERK, TARGET, Picture, World, jpeg
from kills import count, dice
from receipt_digest import digest
from record import check_disk
from tap import case, check, equal, run

LOST = (OSError, http.client.HTTPException)     # the connection broke: nobody knows whether it was done


class Office:
    """The server and the people before it; they work from go() to the next kill."""

    def __init__(self):
        self.world = World(same_port=True)
        self.dice = dice()
        self.up = threading.Event()
        self.up.set()
        self.over = threading.Event()
        self.seen, self.people, self.failure = set(), [], None
        self.kills = 0

    def add(self, kind, *arguments):
        self.people.append(kind(self, random.Random(self.dice.random()), *arguments))
        return self.people[-1]

    def begin(self):
        for person in self.people:
            person.start()

    def kill(self):
        """At a random moment of their work; the disk is judged as it was left."""
        before = [person.answers for person in self.people]
        deadline = time.monotonic() + 30
        # each has been answered since the last kill, so that none is always killed at the same step
        while not self.failure and any(p.answers - b < 1 for p, b in zip(self.people, before)):
            check(time.monotonic() < deadline, 'nobody is answered any more')
            time.sleep(0.002)
        time.sleep(self.dice.random() * 0.12)
        self.up.clear()
        self.world.server.kill()
        self.kills += 1
        check_disk(self.world.server, self.seen)
        self.world.server.start()
        self.up.set()
        if self.failure:
            raise self.failure

    def end(self):
        self.over.set()
        for person in self.people:
            person.join(60)
        if self.failure:
            raise self.failure

    def stop(self):
        self.over.set()
        self.up.set()
        self.world.stop()


class Person(threading.Thread):
    """Does one step after the other. answers counts what came back; lost, what did not; found_done, what of that had been done."""

    def __init__(self, office, dice, session):
        super().__init__(daemon=True)
        session.patient = False
        self.office, self.dice, self.session = office, dice, session
        self.answers = self.lost = self.found_done = 0

    def run(self):
        try:
            while not self.office.over.is_set():
                self.step()
        except Exception as error:
            self.office.failure = self.office.failure or error

    def ask(self, *request, **more):
        """The answer, or None when it was lost."""
        try:
            reply = self.session.request(*request, **more)
        except LOST:
            self.lost += 1
            return None
        self.answers += 1
        return reply

    def ask_until_answered(self, *request, **more):
        """The same request again and again: for reading, and for what has a key."""
        deadline = time.monotonic() + 30
        while True:
            self.office.up.wait(30)
            reply = self.ask(*request, **more)
            if reply is not None and not (reply.status == 409 and reply.code == 'in-progress'):
                return reply
            check(time.monotonic() < deadline, 'no answer to', request[:2])


class Typist(Person):
    """Saves a section over and over: the present version and text are those last acknowledged, or the one under way."""

    def __init__(self, office, dice, session):
        super().__init__(office, dice, session)
        self.dossier, self.version, self.body = session.new_dossier(), 0, {'values': {}}
        self.path = f'/v1/dossiers/{self.dossier}/sections/work_summary'

    def step(self):
        body = {'values': {'work_summary_text': f'第 {self.version} 稿' + '字' * self.dice.randrange(1400)}}
        reply = self.ask('PUT', self.path, body, headers={'If-Match': f'"{self.version}"'})
        if reply is not None:
            equal(reply.status, 200, reply)
            equal(reply.json['version'], self.version + 1)
            self.version, self.body = self.version + 1, body
            return
        held = self.ask_until_answered('GET', self.path).json
        check((held['version'], held['body']) in ((self.version, self.body), (self.version + 1, body)),
              f'version {self.version} was acknowledged, found', held)
        self.found_done += held['version'] > self.version
        self.version, self.body = held['version'], held['body']

    def verify(self):
        held = self.ask_until_answered('GET', self.path).json
        equal((held['version'], held['body']), (self.version, self.body))
        return self.version


class Photographer(Person):
    """Uploads pictures: each one acknowledged is there to the last byte; one whose answer was lost is sent again."""

    def __init__(self, office, dice, session):
        super().__init__(office, dice, session)
        self.dossier, self.pictures = session.new_dossier(), []

    def path(self, picture):
        return f'/v1/dossiers/{self.dossier}/images/{picture.sha256}'

    def step(self):
        picture = Picture(jpeg(900, 700, 90, self.dice.random()))
        reply = self.ask('PUT', self.path(picture), picture.data, headers={'Content-Type': 'image/jpeg'})
        if reply is None:
            held = self.ask_until_answered('GET', self.path(picture))
            check(held.status == 404 or held.body == picture.data, 'half an image', picture.sha256)
            reply = self.ask_until_answered('PUT', self.path(picture), picture.data, headers={'Content-Type': 'image/jpeg'})
            self.found_done += held.status == 200
        check(reply.status in (200, 201), reply)
        self.pictures.append(picture)

    def verify(self):
        for picture in self.pictures:
            reply = self.ask_until_answered('GET', self.path(picture))
            equal((reply.status, reply.body == picture.data), (200, True), picture.sha256)
        return len(self.pictures)


class Founder(Person):
    """Begins a dossier and deletes it: one key, one dossier, however often it is asked."""

    def __init__(self, office, dice, session):
        super().__init__(office, dice, session)
        self.present, self.done = None, 0

    def step(self):
        key = str(uuid.uuid4())
        if self.present is None:
            reply = self.ask_until_answered('POST', '/v1/dossiers', {'business': 'evaluation', 'target': TARGET}, key)
            equal(reply.status, 201, reply)
            self.present = reply.json['id']
        else:
            reply = self.ask_until_answered('DELETE', f'/v1/dossiers/{self.present}', None, key)
            equal(reply.status, 204, reply)
            self.present = None
        self.done += 1
        held = self.ask_until_answered('GET', '/v1/dossiers').json['items']
        equal([d['id'] for d in held], [self.present] if self.present else [])

    def verify(self):
        held = self.ask_until_answered('GET', '/v1/dossiers').json['items']
        equal([d['id'] for d in held], [self.present] if self.present else [])
        return self.done


class Actor(Person):
    """Does two acts in turn on one dossier: the history holds each once, in order."""

    def __init__(self, office, dice, session, dossier, acts):
        super().__init__(office, dice, session)
        self.dossier, self.acts = dossier, acts
        self.before, self.done, self.receipts = len(self.history()), [], []

    def history(self):
        return [i['act'] for i in self.ask_until_answered('GET', f'/v1/dossiers/{self.dossier}/history').json['items']]

    def step(self):
        act = self.acts[len(self.done) % 2]
        seen = self.ask_until_answered('GET', f'/v1/dossiers/{self.dossier}').json
        body = {'act': act, 'version': seen['version']}
        if act == 'submit':
            body['sections'] = {s['id']: s['version'] for s in seen['sections']}
        reply = self.ask_until_answered('POST', f'/v1/dossiers/{self.dossier}/acts', body, str(uuid.uuid4()))
        equal(reply.status, 200, act, reply)
        self.done.append(act)
        if act == 'submit':
            self.receipts.append(reply.json['receipt'])

    def verify(self):
        equal(self.history()[self.before:], self.done)
        for receipt in self.receipts:
            held = self.ask_until_answered('GET', f'/v1/dossiers/{self.dossier}/revisions/{receipt["revision"]}').json
            equal((held['number'], held['digest'], digest(held['content'])),
                  (receipt['number'], receipt['digest'], receipt['digest']))
        equal(len({r['number'] for r in self.receipts}), len(self.receipts), 'a receipt was given twice')
        return len(self.done)


def setup():
    office = Office()
    world = office.world
    office.add(Typist, world.applicant())
    office.add(Typist, world.applicant())
    office.add(Photographer, world.applicant())
    office.add(Founder, world.applicant())
    sender = world.applicant()
    dossier = sender.new_dossier()
    sender.fill(dossier)
    office.add(Actor, sender, dossier, ('submit', 'withdraw'))
    office.add(Actor, world.staff(CLERK), world.applicant().submitted(), ('accept', 'release'))
    return office


@case('R05 R06', 'killed at random moments: the disk is whole, every lost answer is found done once or not at all')
def killed(office):
    office.begin()
    for _ in range(count()):
        office.kill()
    office.end()
    lost, done = sum(p.lost for p in office.people), sum(p.found_done for p in office.people)
    print(f'# {office.kills} kills of the server, {lost} answers lost, at least {done} of them to what had been done')
    check(office.kills == 0 or lost > 0, 'no kill ever hit a request')


@case('R05 R06 P4 B1', 'everything acknowledged is there with its version, every act happened once, every image is whole')
def kept(office):
    for person in office.people:
        print(f'# {type(person).__name__}: {person.verify()} acknowledged, 0 lost, 0 doubled; {person.lost} answers lost')
    equal(os.listdir(os.path.join(office.world.server.images, 'incoming')), [], 'half an image was left')
    office.world.server.end()
    print(f'# {check_disk(office.world.server)} events in an unbroken chain')


run(setup, Office.stop)
